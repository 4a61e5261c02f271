package dev.segue.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.NanoTime;

/**
 * The requests that wait for threads other than the selectors'. {@link RequestLimit} bounds their number, and a {@link WaitLimit}
 * their wait.
 */
final class WorkQueue {

    /** The longest wait while requests arrive faster than the recommenders serve them. */
    private static final Duration STANDING_WAIT = Duration.ofMillis(20);

    private static final Duration BURST = Duration.ofMillis(100);

    /** Clients that each wait for their response make no longer queue, unless there are more of them. */
    private static final int SHORT = 64;

    /** The longest wait of a batch: with a slow recommender, a batch before it may take a second. */
    private static final Duration LONGEST_WAIT_OF_BATCHES = Duration.ofSeconds(5);

    private final Executor threads;
    private final WaitLimit limit;
    private final LongSupplier nanoTime;
    private final AtomicInteger waiting = new AtomicInteger();

    /** A request that is either started or refused, once. */
    interface Work {

        /** Begins, on one of the threads. */
        void start();

        /** Ends without having begun. */
        void refuse(Problem problem);
    }

    WorkQueue(Executor threads, WaitLimit limit, LongSupplier nanoTime) {
        this.threads = threads;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /**
     * The queue of requests for slow recommenders.
     *
     * @param longestWait that of a burst
     */
    static WorkQueue ofRecommenders(Executor threads, Duration longestWait) {
        return new WorkQueue(threads, new WaitLimit(longestWait, STANDING_WAIT, BURST, NanoTime.now()), NanoTime::now);
    }

    /** The queue of batches. */
    static WorkQueue ofBatches(Executor threads) {
        return new WorkQueue(
                threads,
                new WaitLimit(LONGEST_WAIT_OF_BATCHES, LONGEST_WAIT_OF_BATCHES, BURST, NanoTime.now()),
                NanoTime::now);
    }

    /** Adds work, which is refused if it has waited too long when a thread takes it, or if the server stops. */
    void add(Work work) {
        long arrived = nanoTime.getAsLong();
        waiting.incrementAndGet();
        try {
            threads.execute(() -> take(work, arrived));
        } catch (RejectedExecutionException stopped) {
            waiting.decrementAndGet();
            work.refuse(Problem.stopping());
        }
    }

    private void take(Work work, long arrived) {
        boolean isShort = waiting.decrementAndGet() < SHORT;
        long now = nanoTime.getAsLong();
        if (limit.admits(now - arrived, isShort, now)) {
            work.start();
        } else {
            work.refuse(Problem.overloaded());
        }
    }

    /** Number of requests that wait for a thread. */
    int waiting() {
        return waiting.get();
    }
}
