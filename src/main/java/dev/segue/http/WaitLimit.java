package dev.segue.http;

import java.time.Duration;

/**
 * Decides how long work may have waited in a queue when a thread takes it. A short burst may wait as long as the longest wait. If
 * the queue is never short for a while, its length shows too little capacity and no burst: then only a short wait is allowed,
 * so that all the work that is done is done in time, and the rest is refused early.
 *
 * <p>The method is that of adaptive queue timeouts with controlled delay (B. Maurer, "Fail at Scale", ACM Queue 13/8, 2015), with
 * two additions: a queue counts as standing only after some work has been taken from it, since a pause of the whole process is no
 * overload; and it counts as standing for one more interval after it was short, so that a gap in a lasting overload has no effect.
 */
final class WaitLimit {

    /** The work that must have been taken since the queue was short, until it counts as standing. */
    static final int FEW = 64;

    private final long longestNanos;
    private final long standingNanos;
    private final long intervalNanos;
    private long shortAt; // guarded by this, as the others
    private long standingAt;
    private int taken;

    /**
     * @param longest the longest wait
     * @param standing the longest wait while the queue is standing
     * @param interval the time without a short queue after which it is standing
     * @param now the present time, in ns
     */
    WaitLimit(Duration longest, Duration standing, Duration interval, long now) {
        longestNanos = longest.toNanos();
        standingNanos = Math.min(longestNanos, standing.toNanos());
        intervalNanos = interval.toNanos();
        shortAt = now;
        standingAt = now - intervalNanos;
    }

    /**
     * Whether work that a thread has taken from the queue is to be done; it is to be refused otherwise.
     *
     * @param waitedNanos how long it has waited
     * @param isShort whether little other work is in the queue
     * @param now the present time, in ns
     */
    synchronized boolean admits(long waitedNanos, boolean isShort, long now) {
        if (isShort) {
            shortAt = now;
            taken = 0;
        } else if (taken < FEW) {
            taken++;
        }
        if (taken == FEW && now - shortAt >= intervalNanos) {
            standingAt = now;
        }
        boolean isStanding = now - standingAt < intervalNanos;
        return waitedNanos <= (isStanding ? standingNanos : longestNanos);
    }
}
