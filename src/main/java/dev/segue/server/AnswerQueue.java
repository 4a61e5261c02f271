package dev.segue.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of one selector's connections whose events are on file, waiting to be sent by the selector's own thread.
 *
 * <p>The log's writer could send them itself, but each answer would then change its connection's interest from another
 * thread and wake the selector for it. Handing over a batch at a time costs one wake-up a batch.
 */
final class AnswerQueue {

    /** Whether this thread is sending answers right now; see {@link SelectorConnector}. */
    private static final ThreadLocal<Boolean> SENDING = ThreadLocal.withInitial(() -> false);

    private static final Logger LOG = LoggerFactory.getLogger(AnswerQueue.class);

    private final Executor selector;
    private List<Runnable> ready = new ArrayList<>();
    private boolean handedOver;

    /**
     * @param selector runs what it is given on the selector's thread, later
     */
    AnswerQueue(Executor selector) {
        this.selector = selector;
    }

    static boolean isSending() {
        return SENDING.get();
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
        SENDING.set(true);
        try {
            for (Runnable answer : answers) {
                try {
                    answer.run();
                } catch (RuntimeException failed) { // one connection's trouble must not cost the others their answers
                    LOG.warn("an answer could not be sent", failed);
                }
            }
        } finally {
            SENDING.set(false);
        }
    }
}
