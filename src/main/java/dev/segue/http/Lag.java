package dev.segue.http;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time until a selector's thread runs a new task, which is the waiting time of a new request. A periodic task measures
 * it. While that task has not run, the lag is at least the time that the task has waited.
 */
final class Lag {

    private final Executor selector;
    private final LongSupplier nanoTime;
    private volatile long measured;
    private volatile long submitted; // the time of the task's submission
    private volatile boolean waiting;

    /**
     * @param selector runs tasks on the selector's thread, later
     * @param nanoTime the time in nanoseconds, from any origin
     */
    Lag(Executor selector, LongSupplier nanoTime) {
        this.selector = selector;
        this.nanoTime = nanoTime;
    }

    /** Measures again, unless a measurement is in progress; called by one thread. */
    void measure() {
        if (!waiting) {
            submitted = nanoTime.getAsLong();
            waiting = true;
            selector.execute(() -> {
                measured = nanoTime.getAsLong() - submitted;
                waiting = false;
            });
        }
    }

    /** The lag in milliseconds. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(waiting ? Math.max(measured, nanoTime.getAsLong() - submitted) : measured);
    }
}
