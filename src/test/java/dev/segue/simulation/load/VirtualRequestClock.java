package dev.segue.simulation.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A clock on which nothing takes time but what a test says: a time that is waited for comes at once. */
public final class VirtualRequestClock implements RequestClock {

    private static final long BEGIN = 1_000;

    private final AtomicLong now = new AtomicLong(BEGIN);

    /** Something takes so many milliseconds. */
    public void pass(long millis) {
        now.addAndGet(1_000_000 * millis);
    }

    /** How many milliseconds have passed. */
    public double millis() {
        return (now.get() - BEGIN) / 1e6;
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
