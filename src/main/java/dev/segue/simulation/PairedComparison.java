package dev.segue.simulation;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An arm's time per session compared with the first arm's, with the same listeners and draws in both.
 *
 * @param difference mean over listeners of the arm's time per session minus the first arm's, in track lengths
 * @param pairedVariance variance of the difference
 * @param unpairedVariance variance of the difference if the arms had independent listeners: the sum of the means' variances
 * @param sessionsSaved additional sessions that independent listeners would need for the same precision
 */
public record PairedComparison(
        Estimate difference, double pairedVariance, double unpairedVariance, long sessionsSaved) {

    static PairedComparison of(Tally arm, Tally firstArm) {
        int[] common = IntStream.range(0, arm.listeners())
                .filter(listener -> arm.hasSessions(listener) && firstArm.hasSessions(listener))
                .toArray();
        Estimate difference =
                mean(common, listener -> arm.timePerSession(listener) - firstArm.timePerSession(listener));
        double unpaired = mean(common, arm::timePerSession).variance()
                + mean(common, firstArm::timePerSession).variance();
        double factor = unpaired / difference.variance();
        return new PairedComparison(
                difference,
                difference.variance(),
                unpaired,
                Double.isFinite(factor) ? Math.round((factor - 1) * (arm.sessions() + firstArm.sessions())) : 0);
    }

    private static Estimate mean(int[] listeners, IntToDoubleFunction value) {
        return Estimate.of(Arrays.stream(listeners).mapToDouble(value).toArray());
    }
}
