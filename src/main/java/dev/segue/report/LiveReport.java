package dev.segue.report;

import dev.segue.event.GrowingEventReader;
import dev.segue.event.SessionRule;
import dev.segue.report.reading.GrowingReading;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The report of a log that is being written. Each call reads the part of the log that is new since the last call. Memory holds
 * a few numbers for each listener, and is limited by a maximum number of listeners. Sessions are ended by a silence before the
 * newest event; open sessions do not count yet. Not thread-safe.
 */
public final class LiveReport implements AutoCloseable {

    /** Approximate memory of a listener with its open session. */
    private static final long BYTES_PER_LISTENER = 1_200;

    /** Approximate additional memory of a listener in each experiment. */
    private static final long BYTES_PER_EXPERIMENT = 600;

    /**
     * The maximum duration of uninterrupted reading. A pause of the same length follows, so that other threads can serve
     * requests.
     */
    private static final long WORK_NANOS = Duration.ofMillis(10).toNanos();

    private final Supplier<GrowingReading> begin;
    private final long maxListeners;
    private GrowingReading reading;
    private volatile boolean isOutdated;

    /**
     * @param log the live file
     * @param facts the known facts on the tracks
     * @param rule the rule by which sessions end
     * @param maxListeners the maximum number of listeners
     */
    public LiveReport(Path log, TrackFacts facts, SessionRule rule, long maxListeners) {
        this(() -> new GrowingReading(new GrowingEventReader(log), options(facts, rule)), maxListeners);
    }

    /** @param begin begins to read the log */
    LiveReport(Supplier<GrowingReading> begin, long maxListeners) {
        this.begin = begin;
        this.maxListeners = maxListeners;
        reading = begin.get();
    }

    /** Options without quantiles, which take memory for each event. */
    private static ReadingOptions options(TrackFacts facts, SessionRule rule) {
        ReadingOptions usual = ReadingOptions.DEFAULT;
        return new ReadingOptions(null, usual.window(), usual.zone(), facts, false, rule);
    }

    /**
     * The number of listeners that fit into an eighth of the maximum heap.
     *
     * @param experiments the number of experiments that listeners take part in
     */
    public static long affordableListeners(int experiments) {
        return Runtime.getRuntime().maxMemory() / 8 / (BYTES_PER_LISTENER + experiments * BYTES_PER_EXPERIMENT);
    }

    /**
     * Reads to the current end of the log.
     *
     * @throws ReportException if there are too many listeners; later calls throw it, too
     */
    public void catchUp() {
        if (isOutdated) {
            isOutdated = false;
            reading.close();
            reading = begin.get();
        }
        long pause = System.nanoTime() + WORK_NANOS;
        do {
            if (reading.held() > maxListeners) {
                throw new ReportException("the log has more listeners than the server has memory for (" + maxListeners
                        + "): raise -Xmx, or run segue report");
            }
            if (System.nanoTime() > pause) {
                LockSupport.parkNanos(WORK_NANOS);
                pause = System.nanoTime() + WORK_NANOS;
            }
        } while (reading.readNext());
    }

    /** Makes the next call read the log from its beginning, because the part that was read has changed. Thread-safe. */
    public void readAgain() {
        isOutdated = true;
    }

    /**
     * The report as of now.
     *
     * @throws ReportException if the experiment does not have enough arms or listeners yet
     */
    public Report report(String experiment, ReportOptions options) {
        return ReportComputation.of(reading.experiment(experiment), options);
    }

    @Override
    public void close() {
        reading.close();
    }
}
