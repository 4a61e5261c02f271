package dev.segue.simulation.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The time by which requests are sent and measured. For any number of threads. */
public interface RequestClock {

    /** The time that passes for servers and people. */
    RequestClock SYSTEM = new RequestClock() {

        /** How soon a thread that waits notices that all is over. */
        private static final long PATIENCE_NANOS = 100_000_000;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean waitUntil(long nanoTime, BooleanSupplier over) {
            while (nanoTime - System.nanoTime() > PATIENCE_NANOS && !over.getAsBoolean()) {
                sleepUntil(System.nanoTime() + PATIENCE_NANOS);
            }
            if (!over.getAsBoolean()) {
                sleepUntil(nanoTime);
            }
            return !over.getAsBoolean();
        }

        /** The last tenth of a millisecond awake, since sleep is no finer. */
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

    /** The time now, in nanoseconds from any origin. */
    long nanoTime();

    /**
     * Waits for a time.
     *
     * @param over tells when to wait no longer
     * @return whether the time came first
     */
    boolean waitUntil(long nanoTime, BooleanSupplier over);
}
