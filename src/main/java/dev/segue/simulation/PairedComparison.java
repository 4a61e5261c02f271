package dev.segue.simulation;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An arm's time per session against the first arm's, where the same listeners had the same draws in both.
 *
 * @param difference mean over listeners of the difference, with the standard error that pairing gives it
 * @param pairedVariance of the difference
 * @param unpairedVariance that the difference would have if as many other listeners had been in the first arm: the sum of
 *     both means' variances
 * @param sessionsSaved how many more sessions two independent groups would have needed for the same precision
 */
public record PairedComparison(
        Estimate difference, double pairedVariance, double unpairedVariance, long sessionsSaved) {

    static PairedComparison of(Tally arm, Tally first) {
        int[] both = IntStream.range(0, arm.listeners())
                .filter(listener -> arm.knows(listener) && first.knows(listener))
                .toArray();
        Estimate difference = mean(both, listener -> arm.timePerSession(listener) - first.timePerSession(listener));
        double unpaired = mean(both, arm::timePerSession).variance()
                + mean(both, first::timePerSession).variance();
        double factor = unpaired / difference.variance();
        return new PairedComparison(
                difference,
                difference.variance(),
                unpaired,
                Double.isFinite(factor) ? Math.round((factor - 1) * (arm.sessions() + first.sessions())) : 0);
    }

    private static Estimate mean(int[] listeners, IntToDoubleFunction value) {
        return Estimate.of(Arrays.stream(listeners).mapToDouble(value).toArray());
    }
}
