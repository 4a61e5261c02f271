package dev.segue.simulation.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A clock that tests advance. Waiting for a time sets the clock to it at once. */
public final class VirtualRequestClock implements RequestClock {

    private static final long START = 1_000;

    private final AtomicLong now = new AtomicLong(START);

    /** Advances the clock, in milliseconds. */
    public void pass(long millis) {
        now.addAndGet(1_000_000 * millis);
    }

    /** The time since the start, in milliseconds. */
    public double millis() {
        return (now.get() - START) / 1e6;
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public boolean waitUntil(long nanoTime, BooleanSupplier over) {
        now.accumulateAndGet(nanoTime, Math::max);
        return !over.getAsBoolean();
    }
}
