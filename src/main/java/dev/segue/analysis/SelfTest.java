package dev.segue.analysis;

import dev.segue.id.ListenerId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * Checks the test on the listeners of an experiment. The listeners are split repeatedly with other salts, which no recommender
 * used, so that there is no true effect. The p-values must then be uniform, and a share of alpha must be below alpha.
 *
 * @param pValues the p-value of each split, in ascending order
 * @param alpha the significance level, between 0 and 1
 * @param uniformity p-value of the Kolmogorov–Smirnov test for uniform p-values
 * @param falsePositiveRate share of the splits that are significant
 * @param falsePositiveInterval 95% confidence interval of that rate (Clopper and Pearson, The use of confidence or
 *     fiducial limits illustrated in the case of the binomial, Biometrika 26, 1934)
 */
public record SelfTest(
        List<Double> pValues,
        double alpha,
        double uniformity,
        double falsePositiveRate,
        Interval falsePositiveInterval) {

    private static final double INTERVAL_ALPHA = 0.05;
    /** The probability that a correct test fails one of the checks of {@link #isPassed}. */
    private static final double FALSE_ALARM = 0.001;

    public SelfTest {
        pValues = List.copyOf(pValues);
    }

    /** Splits listeners. */
    @FunctionalInterface
    public interface Assignment {
        /**
         * Assigns a listener with a salt.
         *
         * @return 0 for control, 1 for the treatment, any other number for neither
         */
        int arm(String salt, ListenerId listener);
    }

    /**
     * Runs the test.
     *
     * @param listeners the listeners
     * @param values a finite value for each listener
     * @param assignment the rule by which experiments assign listeners
     * @param runs the number of splits, ≥ 1
     * @param alpha between 0 and 1
     * @throws IllegalArgumentException if the listeners' values do not vary, or a split leaves an arm with fewer than two
     *     listeners or without variation
     */
    public static SelfTest run(
            List<ListenerId> listeners, double[] values, Assignment assignment, int runs, double alpha) {
        if (listeners.size() != values.length) {
            throw new IllegalArgumentException(listeners.size() + " listeners with " + values.length + " values");
        }
        double[] pValues = IntStream.range(0, runs)
                .mapToDouble(run -> pValue(listeners, values, assignment, "self-test-" + run, alpha))
                .sorted()
                .toArray();
        return of(pValues, alpha);
    }

    private static double pValue(
            List<ListenerId> listeners, double[] values, Assignment assignment, String salt, double alpha) {
        Moments[] arms = {new Moments(1), new Moments(1)};
        for (int i = 0; i < values.length; i++) {
            int arm = assignment.arm(salt, listeners.get(i));
            if (arm == 0 || arm == 1) {
                arms[arm].add(values[i]);
            }
        }
        Difference difference = Difference.welch(arms[0].sample(0), arms[1].sample(0), alpha);
        if (!difference.isTestable()) {
            throw new IllegalArgumentException(
                    "the listeners' values do not vary; a self-test takes a metric that does");
        }
        return difference.pValue();
    }

    /** Evaluates p-values, which are in ascending order. */
    static SelfTest of(double[] pValues, double alpha) {
        Arguments.requireOpenShare("alpha", alpha);
        if (pValues.length == 0) {
            throw new IllegalArgumentException("a self-test takes at least one run");
        }
        long significant = Arrays.stream(pValues).filter(p -> p < alpha).count();
        double uniformity = KolmogorovSmirnovTest.withDefaults()
                .test(pValues, p -> Math.max(0, Math.min(1, p)))
                .getPValue();
        return new SelfTest(
                DoubleStream.of(pValues).boxed().toList(),
                alpha,
                uniformity,
                (double) significant / pValues.length,
                shareInterval(significant, pValues.length, INTERVAL_ALPHA));
    }

    private static Interval shareInterval(long hits, long trials, double alpha) {
        double misses = (double) (trials - hits);
        double lower =
                hits == 0 ? 0 : BetaDistribution.of((double) hits, misses + 1).inverseCumulativeProbability(alpha / 2);
        double upper = misses == 0 ? 1 : BetaDistribution.of(hits + 1.0, misses).inverseSurvivalProbability(alpha / 2);
        return new Interval(lower, upper);
    }

    /** Whether p-values look uniform and the false-positive rate is compatible with alpha. */
    public boolean isPassed() {
        long significant = Math.round(falsePositiveRate * pValues.size());
        return uniformity >= FALSE_ALARM
                && shareInterval(significant, pValues.size(), FALSE_ALARM).contains(alpha);
    }
}
