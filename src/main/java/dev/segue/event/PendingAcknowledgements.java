package dev.segue.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of pending acknowledgements. The thread that removes one from the queue, under its lock, calls it; so each is
 * called exactly once.
 */
final class PendingAcknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(PendingAcknowledgements.class);

    private record Waiter(long position, long start, Acknowledgement acknowledgement) {}

    private final ArrayDeque<Waiter> queue = new ArrayDeque<>(); // guarded by itself

    /**
     * Calls an acknowledgement when a position is released, or immediately if the condition holds.
     *
     * @param condition must be true once {@link #release} has been called for the position. It is checked again after
     *     the acknowledgement has joined the queue, so a release in between finds either the queue entry or a true
     *     condition.
     */
    void await(long position, Acknowledgement acknowledgement, BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            call(acknowledgement::done);
            return;
        }
        Waiter waiter = new Waiter(position, System.nanoTime(), acknowledgement);
        synchronized (queue) {
            queue.add(waiter);
        }
        if (condition.getAsBoolean() && remove(waiter)) {
            call(acknowledgement::done);
        }
    }

    /** Completes all acknowledgements for this position and earlier ones. */
    void release(long position) {
        for (Acknowledgement acknowledgement : take(waiter -> waiter.position <= position)) {
            call(acknowledgement::done);
        }
    }

    /** Times out all acknowledgements that have waited at least this long. */
    void expire(Duration olderThan) {
        long now = System.nanoTime();
        long nanos = olderThan.toNanos();
        for (Acknowledgement acknowledgement : take(waiter -> now - waiter.start >= nanos)) {
            call(acknowledgement::timedOut);
        }
    }

    private boolean remove(Waiter waiter) {
        synchronized (queue) {
            return queue.remove(waiter);
        }
    }

    private List<Acknowledgement> take(Predicate<Waiter> filter) {
        synchronized (queue) {
            if (queue.isEmpty()) {
                return List.of();
            }
            List<Acknowledgement> taken = new ArrayList<>(queue.size());
            queue.removeIf(waiter -> filter.test(waiter) && taken.add(waiter.acknowledgement));
            return taken;
        }
    }

    /** Logs an exception, so that the other acknowledgements are called and the writer thread continues. */
    private static void call(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("an acknowledgement of the event log failed", e);
        }
    }
}
