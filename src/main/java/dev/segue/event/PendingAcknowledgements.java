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
 * Acknowledgements that wait. A thread that takes one out of the queue, under its lock, is the only one to call it; that is why
 * each is called once.
 */
final class PendingAcknowledgements {

    private static final Logger LOG = LoggerFactory.getLogger(PendingAcknowledgements.class);

    private record Waiter(long position, long since, Acknowledgement acknowledgement) {}

    private final ArrayDeque<Waiter> queue = new ArrayDeque<>(); // guarded by itself

    /**
     * Waits for a position, unless the condition holds already.
     *
     * @param happened must be true once {@link #release} has been called for the position. It is asked again after the
     *     waiter has joined the queue: a release in between finds either the waiter in the queue or the condition true.
     */
    void await(long position, Acknowledgement acknowledgement, BooleanSupplier happened) {
        if (happened.getAsBoolean()) {
            tell(acknowledgement::done);
            return;
        }
        Waiter waiter = new Waiter(position, System.nanoTime(), acknowledgement);
        synchronized (queue) {
            queue.add(waiter);
        }
        if (happened.getAsBoolean() && remove(waiter)) {
            tell(acknowledgement::done);
        }
    }

    /** Tells all who wait for this position or an earlier one that it has happened. */
    void release(long position) {
        for (Acknowledgement acknowledgement : take(waiter -> waiter.position <= position)) {
            tell(acknowledgement::done);
        }
    }

    /** Turns away all who have waited for this long or longer. */
    void expire(Duration olderThan) {
        long now = System.nanoTime();
        long nanos = olderThan.toNanos();
        for (Acknowledgement acknowledgement : take(waiter -> now - waiter.since >= nanos)) {
            tell(acknowledgement::timedOut);
        }
    }

    private boolean remove(Waiter waiter) {
        synchronized (queue) {
            return queue.remove(waiter);
        }
    }

    private List<Acknowledgement> take(Predicate<Waiter> which) {
        synchronized (queue) {
            if (queue.isEmpty()) {
                return List.of();
            }
            List<Acknowledgement> taken = new ArrayList<>(queue.size());
            queue.removeIf(waiter -> which.test(waiter) && taken.add(waiter.acknowledgement));
            return taken;
        }
    }

    /** A bug in one acknowledgement must not cost the others theirs, nor end the writer thread. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("an acknowledgement of the event log failed", e);
        }
    }
}
