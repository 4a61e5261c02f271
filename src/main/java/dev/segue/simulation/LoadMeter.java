package dev.segue.simulation;

import dev.segue.simulation.LoadSimulation.Played;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Counts what happens to a load's requests. Answers to sessions numbered below the warm-up are not counted; failures are,
 * whenever they happen.
 */
final class LoadMeter {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int KEPT_MESSAGES = 3;

    /** So many requests in a row without a connection, and the server is taken to have vanished. */
    private static final int VANISHED_AFTER = 20;

    private final long warmUp;
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
    private final Map<NextTrackException.Kind, Long> failures = new EnumMap<>(NextTrackException.Kind.class);
    private final List<String> messages = new ArrayList<>();
    private final List<Played> played = new ArrayList<>();
    private long startNanos;
    private long sessionsEnded;
    private long completed;
    private volatile int unconnected;
    private volatile boolean gaveUp;
    private volatile boolean vanished;

    LoadMeter(long warmUp) {
        this.warmUp = warmUp;
    }

    synchronized void began(long session) {
        if (session >= warmUp && startNanos == 0) {
            startNanos = System.nanoTime();
        }
    }

    void answered(long session, long nanos) {
        unconnected = 0;
        if (session >= warmUp) {
            latencies.recordValue(Math.max(0, nanos));
        }
    }

    synchronized void failed(NextTrackException failure) {
        if (failure.kind() == NextTrackException.Kind.CONNECTION) {
            unconnected++;
            if (unconnected >= VANISHED_AFTER) {
                vanished = true;
                gaveUp = true;
            }
        }
        failures.merge(failure.kind(), 1L, Long::sum);
        if (messages.size() < KEPT_MESSAGES) {
            messages.add(String.valueOf(failure.getMessage()));
        }
    }

    synchronized void completed(long session, Played end) {
        if (session >= warmUp) {
            completed++;
            played.add(end);
        }
    }

    /** How many counted sessions ended so far, well or not. */
    synchronized long ended(long session) {
        if (session >= warmUp) {
            sessionsEnded++;
        }
        return sessionsEnded;
    }

    void giveUp() {
        gaveUp = true;
    }

    boolean gaveUp() {
        return gaveUp;
    }

    synchronized List<Played> played() {
        return List.copyOf(played);
    }

    synchronized LoadResult result() {
        double seconds = startNanos == 0 ? 0 : (System.nanoTime() - startNanos) / 1e9;
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        return new LoadResult(
                completed,
                latencies.getTotalCount() + failed,
                Map.copyOf(failures),
                List.copyOf(messages),
                vanished,
                seconds,
                latencies.copy());
    }

    /** Waits for a time by {@link System#nanoTime}; the last tenth of a millisecond awake, since sleep is no finer. */
    static void sleepUntil(long nanoTime) {
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
