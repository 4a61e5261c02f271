package dev.segue.analysis;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The power of Welch's two-sided test. */
public final class Power {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final BrentSolver SOLVER = new BrentSolver(1e-12, 1e-14, 1e-12);

    /** Number of points of the integral. Its error is below 1e-6, and much smaller from 10 degrees of freedom on. */
    private static final int POINTS = 2000;
    /** Limits of the integral, in standard deviations from the mode. */
    private static final double REACH = 9;

    private Power() {}

    /**
     * The minimum detectable difference between two arms: the difference that the test finds with the given power.
     *
     * @param alpha the significance level, between 0 and 1
     * @param power the probability of finding the difference, between alpha and 1
     * @return in the metric's unit, above 0; NaN if the values of neither arm vary
     */
    public static double detectableDifference(Sample control, Sample treatment, double alpha, double power) {
        Difference difference = Difference.welch(control, treatment, alpha);
        if (!difference.isTestable()) {
            requirePower(alpha, power);
            return Double.NaN;
        }
        double degreesOfFreedom = StudentT.degreesOfFreedom(control, 1, treatment);
        return detectable(degreesOfFreedom, alpha, power) * difference.standardError();
    }

    /** The true effect, in standard errors, that the test finds with this power. */
    static double detectable(double degreesOfFreedom, double alpha, double power) {
        requirePower(alpha, power);
        return solve(effect -> of(effect, degreesOfFreedom, alpha), power, 0, 1);
    }

    static void requirePower(double alpha, double power) {
        Arguments.requireOpenShare("alpha", alpha);
        Arguments.requireOpenShare("power", power);
        if (power <= alpha) {
            throw new IllegalArgumentException("power " + power + " is not above alpha " + alpha
                    + ", which a test reaches without any effect; 0.8 is usual");
        }
    }

    /** The argument at which an increasing function reaches a value. The function is below the value at the lower argument. */
    static double solve(DoubleUnaryOperator rising, double value, double lower, double firstUpper) {
        double from = lower;
        double to = firstUpper;
        while (rising.applyAsDouble(to) < value) {
            from = to;
            to *= 2;
        }
        return SOLVER.findRoot(argument -> rising.applyAsDouble(argument) - value, from, to);
    }

    /**
     * The power against an effect of δ standard errors: P(|T| &gt; q) for T noncentral t with shift δ. T is (Z + δ)/S with a
     * standard normal Z, and ν·S² chi-square with ν degrees of freedom, so that this is the mean over S of Φ(δ − qS) +
     * Φ(−δ − qS); S has a density proportional to s<sup>ν−1</sup>·exp(−νs²/2).
     *
     * @param effect δ
     * @param degreesOfFreedom ν ≥ 1
     * @param alpha the significance level
     */
    static double of(double effect, double degreesOfFreedom, double alpha) {
        double q = StudentT.twoSidedCriticalValue(alpha, degreesOfFreedom);
        double spread = REACH / Math.sqrt(2 * degreesOfFreedom);
        double from = Math.max(0, 1 - spread);
        double step = (1 + spread - from) / POINTS;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < POINTS; i++) {
            double s = from + (i + 0.5) * step;
            double weight = Math.exp((degreesOfFreedom - 1) * Math.log(s) - degreesOfFreedom * (s * s - 1) / 2);
            weights += weight;
            sum += weight
                    * (NORMAL.cumulativeProbability(effect - q * s) + NORMAL.cumulativeProbability(-effect - q * s));
        }
        return sum / weights;
    }
}
