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
 * An experiment's effects, corrected for each other, or the reason why there are none.
 *
 * @param primary the metric that decides
 * @param sampleRatio how the listeners were split
 * @param effects in the order given: those of the primary metric corrected by Holm over the arms, the others by Benjamini
 *     and Hochberg over metrics and arms; empty if the split is broken
 */
public record ExperimentEffects(Metric primary, SampleRatio sampleRatio, List<Effect> effects) {

    public ExperimentEffects {
        Objects.requireNonNull(primary, "primary");
        effects = sampleRatio.isMismatch() ? List.of() : List.copyOf(effects);
    }

    /**
     * Corrects the effects.
     *
     * @param primary name of the metric that decides
     * @param effects of each metric and each treatment; not corrected yet
     * @throws IllegalArgumentException if none of them is of the primary metric; the message lists what exists
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

    /** Why no effects are given; null if they are. */
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
