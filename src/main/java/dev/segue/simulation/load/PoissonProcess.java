package dev.segue.simulation.load;

import dev.segue.random.KeyedRandom;

/**
 * The event times of a Poisson process. The gaps between events are exponentially distributed, drawn by inversion. For any
 * number of threads.
 */
final class PoissonProcess {

    /** First key of these draws; the first key of a session's draws is a user, so it is not negative. */
    private static final long ARRIVALS = -3;

    private final KeyedRandom random;
    private final double meanGapNanos;
    private long last;

    /**
     * @param rate events per second; with 0 there are none
     * @param seed seed of all draws
     */
    PoissonProcess(double rate, long seed) {
        random = new KeyedRandom(seed, ARRIVALS, 0, 0);
        meanGapNanos = 1e9 / rate;
    }

    /** Sets the time from which the next gap is counted, in nanoseconds. */
    synchronized void startAt(long nanoTime) {
        last = nanoTime;
    }

    /** The time of the next event after a time, in nanoseconds; earlier events that were not drawn are skipped. */
    synchronized long nextAfter(long nanoTime) {
        last = last - nanoTime > 0 ? last : nanoTime;
        return next();
    }

    /** The time of the next event, in nanoseconds. */
    synchronized long next() {
        last += Math.round(-Math.log(1 - random.nextDouble()) * meanGapNanos);
        return last;
    }
}
