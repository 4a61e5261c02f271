package dev.segue.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The effects of an experiment, corrected for multiple tests, or the reason why they are withheld.
 *
 * @param primary the primary metric
 * @param sampleRatio the test of the split
 * @param effects in the order in which they were passed. P-values of the primary metric are corrected by Holm over the arms,
 *     the others by Benjamini and Hochberg over metrics and arms. Empty if the split is broken
 */
public record ExperimentEffects(Metric primary, SampleRatio sampleRatio, List<Effect> effects) {

    public ExperimentEffects {
        Objects.requireNonNull(primary, "primary");
        effects = sampleRatio.isMismatch() ? List.of() : List.copyOf(effects);
    }

    /**
     * Corrects the effects for multiple tests.
     *
     * @param primary name of the primary metric
     * @param effects the uncorrected effects of each treatment on each metric
     * @throws IllegalArgumentException if no effect is of the primary metric; the message lists the metrics
     */
    public static ExperimentEffects of(String primary, SampleRatio sampleRatio, List<Effect> effects) {
        Predicate<Effect> isPrimary = effect -> effect.metric().name().equals(primary);
        Metric metric = effects.stream()
                .filter(isPrimary)
                .map(Effect::metric)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown metric \"" + primary + "\"; there are: "
                        + effects.stream()
                                .map(effect -> effect.metric().name())
                                .distinct()
                                .collect(Collectors.joining(", "))));
        List<Effect> corrected = new ArrayList<>(effects);
        correct(corrected, isPrimary, MultipleTests::holm);
        correct(corrected, isPrimary.negate(), MultipleTests::benjaminiHochberg);
        return new ExperimentEffects(metric, sampleRatio, corrected);
    }

    private static void correct(List<Effect> effects, Predicate<Effect> family, UnaryOperator<double[]> correction) {
        int[] members = IntStream.range(0, effects.size())
                .filter(i -> family.test(effects.get(i)))
                .toArray();
        double[] adjusted = correction.apply(
                Arrays.stream(members).mapToDouble(i -> effects.get(i).pValue()).toArray());
        for (int i = 0; i < members.length; i++) {
            effects.set(members[i], effects.get(members[i]).withAdjustedPValue(adjusted[i]));
        }
    }

    /** The reason why the effects are withheld; null if they are not. */
    public @Nullable String withheld() {
        if (!sampleRatio.isMismatch()) {
            return null;
        }
        String arms = IntStream.range(0, sampleRatio.exposed().size())
                .mapToObj(arm -> String.format(
                        Locale.ROOT,
                        "%,d instead of about %,.0f",
                        sampleRatio.exposed().get(arm),
                        sampleRatio.expected().get(arm)))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "the split is broken (sample ratio mismatch, p = %.2g): the arms have %s listeners; effects would show who"
                        + " is missing, so find out why first",
                sampleRatio.pValue(),
                arms);
    }
}
