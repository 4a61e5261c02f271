package dev.segue.simulation;

import dev.segue.simulation.NextTrackException.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Counts what happens to the requests that are sent to a server. For any number of threads. */
final class RequestMeter {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int KEPT_MESSAGES = 3;

    /** How soon a thread that waits notices that all is over. */
    private static final long PATIENCE_NANOS = 100_000_000;

    /** So many requests in a row without an answer, besides one for each connection, and the server has vanished. */
    private static final int VANISHED_AFTER = 20;

    private final ConcurrentHistogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
    private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);
    private final List<String> messages = new ArrayList<>();
    private final int vanishedAfter;
    private @Nullable Throwable problem;
    private long startNanos;
    private long elapsedNanos;
    private volatile int unanswered;
    private volatile boolean gaveUp;
    private volatile boolean vanished;

    /** @param connections how many requests may wait at once: all of them when the server only holds its breath */
    RequestMeter(int connections) {
        vanishedAfter = VANISHED_AFTER + connections;
    }

    /** Time counts from the first call on, until {@link #stop}. */
    synchronized void start() {
        if (startNanos == 0) {
            startNanos = System.nanoTime();
        }
    }

    /** Time does not count until the next start. */
    synchronized void stop() {
        if (startNanos != 0) {
            elapsedNanos += System.nanoTime() - startNanos;
            startNanos = 0;
        }
    }

    /** A request was answered. */
    void answered(long nanos) {
        connected();
        latencies.recordValue(Math.max(0, nanos));
    }

    /** A request was answered wrongly, or does not count: the server is there. */
    void connected() {
        unanswered = 0;
    }

    synchronized void failed(NextTrackException failure) {
        if (failure.isAnswer()) {
            connected();
        } else if (++unanswered >= vanishedAfter) {
            vanished = true;
            gaveUp = true;
        }
        failures.merge(failure.kind(), 1L, Long::sum);
        if (messages.size() < KEPT_MESSAGES) {
            messages.add(String.valueOf(failure.getMessage()));
        }
    }

    void giveUp() {
        gaveUp = true;
    }

    /** A thread that sends ended by what is no failed request: then no more should be sent. */
    synchronized void broke(Throwable why) {
        problem = problem == null ? why : problem;
        gaveUp = true;
    }

    /** Throws what ended the first thread that broke, if any did. */
    synchronized void rethrow() {
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Whether no more requests should be sent. */
    boolean gaveUp() {
        return gaveUp;
    }

    synchronized RequestFigures figures() {
        double seconds = (elapsedNanos + (startNanos == 0 ? 0 : System.nanoTime() - startNanos)) / 1e9;
        return new RequestFigures(Map.copyOf(failures), List.copyOf(messages), vanished, seconds, latencies.copy());
    }

    /**
     * Waits for a time by {@link System#nanoTime}.
     *
     * @param over tells when to wait no longer
     * @return whether the time came first
     */
    static boolean waitUntil(long nanoTime, BooleanSupplier over) {
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
}
