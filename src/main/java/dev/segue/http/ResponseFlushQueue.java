package dev.segue.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of one selector's connections whose events are on file, waiting to be sent by the selector's own thread.
 *
 * <p>The log's writer could send them itself, but each answer would then change its connection's interest from another
 * thread and wake the selector for it. Handing over a batch at a time costs one wake-up a batch.
 */
final class ResponseFlushQueue {

    /** The connections that the answer this thread sends right now has made ready; none while it sends no answer. */
    private static final ThreadLocal<Queue<Runnable>> RESUMED = new ThreadLocal<>();

    private static final Logger LOG = LoggerFactory.getLogger(ResponseFlushQueue.class);

    private final Executor selector;
    private List<Runnable> ready = new ArrayList<>();
    private boolean handedOver;

    /**
     * @param selector runs what it is given on the selector's thread, later
     */
    ResponseFlushQueue(Executor selector) {
        this.selector = selector;
    }

    /**
     * Resumes a connection on this thread as soon as the answer that this thread sends has left.
     *
     * <p>Not at once: the connection's next request would be handled within the callback of the answer before, and Jetty
     * lets the callbacks of a connection's answers wait for one another; see {@link Refusals}.
     *
     * @return false if this thread sends no answer
     */
    static boolean resumeAfterAnswer(Runnable connection) {
        Queue<Runnable> resumed = RESUMED.get();
        return resumed != null && resumed.add(connection);
    }

    /** Adds an answer; {@link #handOver} gets it sent. */
    synchronized void add(Runnable answer) {
        ready.add(answer);
    }

    /** Asks the selector to send what is ready. */
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
        List<Runnable> answers;
        synchronized (this) {
            answers = ready;
            ready = new ArrayList<>();
            handedOver = false;
        }
        var resumed = new ArrayDeque<Runnable>();
        RESUMED.set(resumed);
        try {
            for (Runnable answer : answers) {
                runSafely(answer);
                for (Runnable next = resumed.poll(); next != null; next = resumed.poll()) {
                    runSafely(next);
                }
            }
        } finally {
            RESUMED.remove();
        }
    }

    /** One connection's trouble must not cost the others their answers. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.warn("an answer could not be sent", failed);
        }
    }
}
