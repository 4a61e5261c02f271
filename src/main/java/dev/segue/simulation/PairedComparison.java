package dev.segue.simulation;

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
        var differences = new Estimate.Moments();
        var armMoments = new Estimate.Moments();
        var firstMoments = new Estimate.Moments();
        for (int listener = 0; listener < arm.listeners(); listener++) {
            if (arm.knows(listener) && first.knows(listener)) {
                differences.add(arm.timePerSession(listener) - first.timePerSession(listener));
                armMoments.add(arm.timePerSession(listener));
                firstMoments.add(first.timePerSession(listener));
            }
        }
        Estimate difference = differences.mean();
        double unpaired = armMoments.mean().variance() + firstMoments.mean().variance();
        double factor = unpaired / difference.variance();
        return new PairedComparison(
                difference,
                difference.variance(),
                unpaired,
                Double.isFinite(factor) ? Math.round((factor - 1) * (arm.sessions() + first.sessions())) : 0);
    }
}
