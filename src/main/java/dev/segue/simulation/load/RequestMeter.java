package dev.segue.simulation.load;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.NextTrackException.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Counts what happens to the requests that are sent to a server. For any number of threads. */
public final class RequestMeter {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int KEPT_MESSAGES = 3;

    /** So many requests in a row without an answer, besides one for each connection, and the server has vanished. */
    private static final int VANISHED_AFTER = 20;

    private final ConcurrentHistogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
    private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);
    private final List<String> messages = new ArrayList<>();
    private final RequestClock clock;
    private final int vanishedAfter;
    private @Nullable Throwable problem;
    private long startNanos;
    private long elapsedNanos;
    private volatile int unanswered;
    private volatile boolean gaveUp;
    private volatile boolean vanished;

    /** @param connections how many requests may wait at once: all of them when the server only holds its breath */
    public RequestMeter(int connections, RequestClock clock) {
        this.clock = clock;
        vanishedAfter = VANISHED_AFTER + connections;
    }

    /** Time counts from the first call on, until {@link #stop}. */
    public synchronized void start() {
        if (startNanos == 0) {
            startNanos = clock.nanoTime();
        }
    }

    /** Time does not count until the next start. */
    synchronized void stop() {
        if (startNanos != 0) {
            elapsedNanos += clock.nanoTime() - startNanos;
            startNanos = 0;
        }
    }

    /** A request was answered. */
    public void answered(long nanos) {
        connected();
        latencies.recordValue(Math.max(0, nanos));
    }

    /** A request was answered wrongly, or does not count: the server is there. */
    void connected() {
        unanswered = 0;
    }

    public synchronized void failed(NextTrackException failure) {
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

    public void giveUp() {
        gaveUp = true;
    }

    /** A thread that sends ended by what is no failed request: then no more should be sent. */
    public synchronized void broke(Throwable why) {
        problem = problem == null ? why : problem;
        gaveUp = true;
    }

    /** Throws what ended the first thread that broke, if any did. */
    public synchronized void rethrow() {
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Whether no more requests should be sent. */
    public boolean gaveUp() {
        return gaveUp;
    }

    public synchronized RequestFigures figures() {
        double seconds = (elapsedNanos + (startNanos == 0 ? 0 : clock.nanoTime() - startNanos)) / 1e9;
        return new RequestFigures(Map.copyOf(failures), List.copyOf(messages), vanished, seconds, latencies.copy());
    }
}
