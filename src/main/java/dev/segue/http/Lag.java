package dev.segue.http;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a selector's thread takes to get round to something new: what a request waits for its turn. A task that is handed
 * over now and then measures it; while it has not run, it is at least as long as the task has waited.
 */
final class Lag {

    private final Executor selector;
    private final LongSupplier nanoTime;
    private volatile long measured;
    private volatile long since; // when the task was handed over
    private volatile boolean waiting;

    /**
     * @param selector runs what it is given on the selector's thread, later
     * @param nanoTime the time in nanoseconds, from any origin
     */
    Lag(Executor selector, LongSupplier nanoTime) {
        this.selector = selector;
        this.nanoTime = nanoTime;
    }

    /** Measures again, unless a measurement is under way; called by one thread. */
    void measure() {
        if (!waiting) {
            since = nanoTime.getAsLong();
            waiting = true;
            selector.execute(() -> {
                measured = nanoTime.getAsLong() - since;
                waiting = false;
            });
        }
    }

    /** The lag in milliseconds. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(waiting ? Math.max(measured, nanoTime.getAsLong() - since) : measured);
    }
}
