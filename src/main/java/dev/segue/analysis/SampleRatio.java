package dev.segue.analysis;

import java.util.List;
import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * Whether the arms got the listeners that they should have got. If not, something other than chance decides who is seen
 * where, and the difference between the arms is no effect of the treatment (Fabijan et al., Diagnosing sample ratio
 * mismatch in online controlled experiments, KDD 2019).
 *
 * @param exposed listeners seen in each arm, control first
 * @param expected listeners each arm would have by its weight
 * @param pValue probability of a split at least as far from the weights if they hold, by Pearson's chi-square test
 */
public record SampleRatio(List<Long> exposed, List<Double> expected, double pValue) {

    /** Below this p-value a split is broken; so low because the test is run on every look at every experiment. */
    public static final double MISMATCH = 0.001;

    public SampleRatio {
        exposed = List.copyOf(exposed);
        expected = List.copyOf(expected);
    }

    /**
     * Tests a split.
     *
     * @param exposed listeners seen in each arm, ≥ 0, control first; no forced ones
     * @param weights the arms' configured weights, above 0
     * @throws IllegalArgumentException if there are fewer than two arms or nobody in them, or the sizes differ
     */
    public static SampleRatio of(List<Long> exposed, List<Double> weights) {
        if (exposed.size() != weights.size()) {
            throw new IllegalArgumentException(
                    exposed.size() + " arms have listeners, but " + weights.size() + " have weights");
        }
        if (exposed.size() < 2) {
            throw new IllegalArgumentException("there are " + exposed.size() + " arms; an effect takes at least 2");
        }
        for (long count : exposed) {
            if (count < 0) {
                throw new IllegalArgumentException("an arm has " + count + " listeners");
            }
        }
        weights.forEach(weight -> Arguments.requirePositive("weight", weight));
        double listeners = exposed.stream().mapToDouble(Long::doubleValue).sum();
        if (listeners == 0) {
            throw new IllegalArgumentException("no listener was exposed in any arm");
        }
        double weightSum = weights.stream().mapToDouble(Double::doubleValue).sum();
        List<Double> expected =
                weights.stream().map(weight -> listeners * weight / weightSum).toList();
        double pValue = ChiSquareTest.withDefaults()
                .test(
                        expected.stream().mapToDouble(Double::doubleValue).toArray(),
                        exposed.stream().mapToLong(Long::longValue).toArray())
                .getPValue();
        return new SampleRatio(exposed, expected, pValue);
    }

    /** Whether the split is broken, so that effects mean nothing. */
    public boolean isMismatch() {
        return pValue < MISMATCH;
    }
}
