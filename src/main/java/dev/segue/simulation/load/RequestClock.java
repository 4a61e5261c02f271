package dev.segue.simulation.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The clock by which requests are scheduled and measured. For any number of threads. */
public interface RequestClock {

    /** The system's clock. */
    RequestClock SYSTEM = new RequestClock() {

        /** Interval at which a waiting thread checks for a stop. */
        private static final long POLL_NANOS = 100_000_000;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean waitUntil(long nanoTime, BooleanSupplier over) {
            while (nanoTime - System.nanoTime() > POLL_NANOS && !over.getAsBoolean()) {
                sleepUntil(System.nanoTime() + POLL_NANOS);
            }
            if (!over.getAsBoolean()) {
                sleepUntil(nanoTime);
            }
            return !over.getAsBoolean();
        }

        /** Spins for the last 0.1 ms, since sleeping is not more exact. */
        private static void sleepUntil(long nanoTime) {
            long left = nanoTime - System.nanoTime();
            while (left > 0) {
                if (left > 100_000) {
                    LockSupport.parkNanos(left - 100_000);
                } else {
                    Thread.onSpinWait();
                }
                left = nanoTime - System.nanoTime();
            }
        }
    };

    /** The current time, in nanoseconds from an arbitrary origin. */
    long nanoTime();

    /**
     * Waits until a time.
     *
     * @param over true to stop waiting
     * @return false if the wait was stopped
     */
    boolean waitUntil(long nanoTime, BooleanSupplier over);
}
