package dev.segue.simulation;

import org.jspecify.annotations.Nullable;

/**
 * How an arm's listeners fared: means over listeners of their means over sessions.
 *
 * @param arm the arm's name
 * @param sessions sessions in all
 * @param timePerSession track lengths per session
 * @param tracksPerSession tracks per session, the first one included
 * @param oracleTimePerSession the oracle's track lengths per session in the same sessions; null if it was not asked
 * @param comparison with the first arm, of paired simulations; null for the first arm and unpaired ones
 */
public record ArmResult(
        String arm,
        long sessions,
        Estimate timePerSession,
        Estimate tracksPerSession,
        @Nullable Estimate oracleTimePerSession,
        @Nullable PairedComparison comparison) {

    /**
     * Sums up an arm.
     *
     * @param oracle whether the tally knows the oracle's times
     * @param pairedWith the first arm's tally, of a paired simulation; or null
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

    /** Track lengths per session by which the oracle is ahead; NaN without an oracle. */
    public double regret() {
        return oracleTimePerSession == null ? Double.NaN : oracleTimePerSession.mean() - timePerSession.mean();
    }
}
