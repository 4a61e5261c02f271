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

/**
 * The report of a log that is being written. Each look reads only what is new since the last one; memory holds a few numbers
 * for each listener, and no more than so many listeners, also while a look reads. Sessions that were silent for long when the
 * newest event came have ended; those that are still open do not count yet. For one thread.
 */
public final class LiveReport implements AutoCloseable {

    /** About what a listener takes by itself, with its session that is not over. */
    private static final long BYTES_PER_LISTENER = 1_200;

    /** About what it takes in each experiment. */
    private static final long BYTES_PER_EXPERIMENT = 600;

    /** While there is much to read, half of the time is left to others: they answer requests. */
    private static final long WORK_NANOS = Duration.ofMillis(10).toNanos();

    private final GrowingReading reading;
    private final long mostListeners;

    /**
     * @param log the live file
     * @param facts what is known of the tracks
     * @param rule when sessions end
     * @param mostListeners how many listeners may be kept
     */
    public LiveReport(Path log, TrackFacts facts, SessionRule rule, long mostListeners) {
        this(new GrowingReading(new GrowingEventReader(log), options(facts, rule)), mostListeners);
    }

    LiveReport(GrowingReading reading, long mostListeners) {
        this.reading = reading;
        this.mostListeners = mostListeners;
    }

    /** Without quantiles, which take memory for each event. */
    private static ReadingOptions options(TrackFacts facts, SessionRule rule) {
        ReadingOptions usual = ReadingOptions.DEFAULT;
        return new ReadingOptions(null, usual.window(), usual.zone(), facts, false, rule);
    }

    /**
     * As many listeners as take an eighth of the memory that there is.
     *
     * @param experiments how many they take part in
     */
    public static long affordableListeners(int experiments) {
        return Runtime.getRuntime().maxMemory() / 8 / (BYTES_PER_LISTENER + experiments * BYTES_PER_EXPERIMENT);
    }

    /**
     * Reads on to the end of the log.
     *
     * @throws ReportException if there are more listeners than may be kept; later looks throw it too
     */
    public void catchUp() {
        long pause = System.nanoTime() + WORK_NANOS;
        do {
            if (reading.held() > mostListeners) {
                throw new ReportException("the log has more listeners than the server has memory for (" + mostListeners
                        + "): raise -Xmx, or ask segue report");
            }
            if (System.nanoTime() > pause) {
                LockSupport.parkNanos(WORK_NANOS);
                pause = System.nanoTime() + WORK_NANOS;
            }
        } while (reading.readNext());
    }

    /**
     * The report as of now.
     *
     * @throws ReportException if the experiment has too few arms or listeners yet
     */
    public Report report(String experiment, ReportOptions options) {
        return ReportComputation.of(reading.experiment(experiment), options);
    }

    @Override
    public void close() {
        reading.close();
    }
}
