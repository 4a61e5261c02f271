package dev.segue.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The responses of one selector's connections whose events are in the log file, until the selector's own thread sends them.
 *
 * <p>If the log writer sent them itself, each response would change its connection's interest from another thread and wake
 * the selector. A hand-over of a batch costs one wake-up a batch.
 */
final class ResponseFlushQueue {

    /** The connections to resume after the response that this thread is sending; not set while it sends no response. */
    private static final ThreadLocal<Queue<Runnable>> RESUMED = new ThreadLocal<>();

    private static final Logger LOG = LoggerFactory.getLogger(ResponseFlushQueue.class);

    private final Executor selector;
    private List<Runnable> ready = new ArrayList<>();
    private boolean handedOver;

    /**
     * @param selector runs tasks on the selector's thread, later
     */
    ResponseFlushQueue(Executor selector) {
        this.selector = selector;
    }

    /**
     * Resumes a connection on this thread after the response that this thread is sending.
     *
     * <p>It does not resume it at once: the connection's next request would be handled within the callback of the response
     * before, and Jetty serializes the callbacks of a connection's responses; see {@link Refusals}.
     *
     * @return false if this thread is sending no response
     */
    static boolean resumeAfterResponse(Runnable connection) {
        Queue<Runnable> resumed = RESUMED.get();
        return resumed != null && resumed.add(connection);
    }

    /** Adds a response, which is sent after the next {@link #handOver}. */
    synchronized void add(Runnable response) {
        ready.add(response);
    }

    /** Makes the selector send the responses that are ready. */
    void handOver() {
        synchronized (this) {
            if (ready.isEmpty() || handedOver) {
                return;
            }
            handedOver = true;
        }
        selector.execute(this::send);
    }

    private void send() {
        List<Runnable> responses;
        synchronized (this) {
            responses = ready;
            ready = new ArrayList<>();
            handedOver = false;
        }
        var resumed = new ArrayDeque<Runnable>();
        RESUMED.set(resumed);
        try {
            for (Runnable response : responses) {
                runSafely(response);
                for (Runnable next = resumed.poll(); next != null; next = resumed.poll()) {
                    runSafely(next);
                }
            }
        } finally {
            RESUMED.remove();
        }
    }

    /** A failure of one connection must not affect the others. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.warn("a response could not be sent", failed);
        }
    }
}
