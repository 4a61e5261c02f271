package dev.segue.simulation.load;

import dev.segue.random.KeyedRandom;

/**
 * The times of events that happen independently of each other: the gaps between them are exponentially distributed, drawn
 * by inversion. For any number of threads.
 */
final class PoissonProcess {

    /** Sets these draws apart from those of the sessions, whose first key is a user. */
    private static final long ARRIVALS = -3;

    private final KeyedRandom random;
    private final double meanGapNanos;
    private long last;

    /**
     * @param rate events a second; with 0 none ever comes
     * @param seed of all draws
     */
    PoissonProcess(double rate, long seed) {
        random = new KeyedRandom(seed, ARRIVALS, 0, 0);
        meanGapNanos = 1e9 / rate;
    }

    /** Goes on from a time, in nanoseconds. */
    synchronized void startAt(long nanoTime) {
        last = nanoTime;
    }

    /** The time of the next event after a time, in nanoseconds: those before it that were not asked for do not happen. */
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
