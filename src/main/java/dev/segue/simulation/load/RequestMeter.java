package dev.segue.simulation.load;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.NextTrackException.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Measures the requests to a server, and aborts a load whose server stops responding. For any number of threads. */
public final class RequestMeter {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int KEPT_MESSAGES = 3;

    /** Consecutive requests without a response, besides one per connection, after which the load is aborted. */
    private static final int MAX_CONSECUTIVE_FAILURES = 20;

    private final ConcurrentHistogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
    private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);
    private final List<String> messages = new ArrayList<>();
    private final RequestClock clock;
    private final int maxConsecutiveFailures;
    private @Nullable Throwable abortCause;
    private long startNanos;
    private long elapsedNanos;
    private volatile int consecutiveFailures;
    private volatile boolean aborted;
    private volatile boolean serverLost;

    /** @param connections number of concurrent requests; all of them may time out when the server pauses */
    public RequestMeter(int connections, RequestClock clock) {
        this.clock = clock;
        maxConsecutiveFailures = MAX_CONSECUTIVE_FAILURES + connections;
    }

    /** Starts the time measurement, unless it runs. */
    public synchronized void start() {
        if (startNanos == 0) {
            startNanos = clock.nanoTime();
        }
    }

    /** Pauses the time measurement until the next {@link #start}. */
    synchronized void stop() {
        if (startNanos != 0) {
            elapsedNanos += clock.nanoTime() - startNanos;
            startNanos = 0;
        }
    }

    /** Records a valid response. */
    public void recordResponse(long nanos) {
        recordContact();
        latencies.recordValue(Math.max(0, nanos));
    }

    /** Records a response that is invalid or not counted, but shows that the server responds. */
    void recordContact() {
        consecutiveFailures = 0;
    }

    public synchronized void recordFailure(NextTrackException failure) {
        if (failure.isResponse()) {
            recordContact();
        } else if (++consecutiveFailures >= maxConsecutiveFailures) {
            serverLost = true;
            aborted = true;
        }
        failures.merge(failure.kind(), 1L, Long::sum);
        if (messages.size() < KEPT_MESSAGES) {
            messages.add(String.valueOf(failure.getMessage()));
        }
    }

    public void abort() {
        aborted = true;
    }

    /** Aborts the load because of a failure that is not a failed request. */
    public synchronized void abortWith(Throwable cause) {
        abortCause = abortCause == null ? cause : abortCause;
        aborted = true;
    }

    /** Throws the first failure given to {@link #abortWith}, if there is one. */
    public synchronized void rethrow() {
        if (abortCause instanceof Error error) {
            throw error;
        }
        if (abortCause instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Whether to send no more requests. */
    public boolean isAborted() {
        return aborted;
    }

    public synchronized RequestFigures figures() {
        double seconds = (elapsedNanos + (startNanos == 0 ? 0 : clock.nanoTime() - startNanos)) / 1e9;
        return new RequestFigures(Map.copyOf(failures), List.copyOf(messages), serverLost, seconds, latencies.copy());
    }
}
