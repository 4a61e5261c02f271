package dev.segue.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The results of an arm: means over listeners of each listener's mean over sessions.
 *
 * @param arm the arm's name
 * @param sessions number of sessions
 * @param timePerSession track lengths per session
 * @param tracksPerSession tracks per session, the first one included
 * @param oracleTimePerSession the oracle's track lengths per session in the same sessions; null if it did not play
 * @param comparison with the first arm, in a paired simulation; null for the first arm and in other simulations
 */
public record ArmResult(
        String arm,
        long sessions,
        Estimate timePerSession,
        Estimate tracksPerSession,
        @Nullable Estimate oracleTimePerSession,
        @Nullable PairedComparison comparison) {

    /**
     * Computes the results of an arm.
     *
     * @param oracle whether the tally has the oracle's times
     * @param pairedWith the first arm's tally in a paired simulation; or null
     */
    public static ArmResult of(String arm, Tally tally, boolean oracle, @Nullable Tally pairedWith) {
        return new ArmResult(
                arm,
                tally.sessions(),
                tally.mean(tally::timePerSession),
                tally.mean(tally::tracksPerSession),
                oracle ? tally.mean(tally::oracleTimePerSession) : null,
                pairedWith == null ? null : PairedComparison.of(tally, pairedWith));
    }

    /** Time per session as a percentage of the oracle's; NaN without an oracle. */
    public double percentOfOracle() {
        return oracleTimePerSession == null ? Double.NaN : 100 * timePerSession.mean() / oracleTimePerSession.mean();
    }

    /** The oracle's time per session minus the arm's, in track lengths; NaN without an oracle. */
    public double regret() {
        return oracleTimePerSession == null ? Double.NaN : oracleTimePerSession.mean() - timePerSession.mean();
    }
}
