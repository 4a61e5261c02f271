package dev.segue.analysis;

import java.util.List;
import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * Tests whether the numbers of listeners in the arms fit the configured weights. If they do not, the arms differ by more than
 * the treatment, and their difference is not an effect of the treatment (Fabijan et al., Diagnosing sample ratio mismatch in
 * online controlled experiments, KDD 2019).
 *
 * @param exposed the number of listeners seen in each arm, control first
 * @param expected the number of listeners of each arm by its weight
 * @param pValue the p-value of Pearson's chi-square test
 */
public record SampleRatio(List<Long> exposed, List<Double> expected, double pValue) {

    /** The significance level. It is low because the test is repeated at every look at every experiment. */
    public static final double MISMATCH = 0.001;

    public SampleRatio {
        exposed = List.copyOf(exposed);
        expected = List.copyOf(expected);
    }

    /**
     * Tests a split.
     *
     * @param exposed the number of listeners seen in each arm, ≥ 0, control first, without forced listeners
     * @param weights the arms' configured weights, above 0
     * @throws IllegalArgumentException if there are fewer than two arms, no listeners, or different numbers of arms and weights
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

    /** Whether the split is broken, so that effects are not valid. */
    public boolean isMismatch() {
        return pValue < MISMATCH;
    }
}
