package dev.segue.report;

import dev.segue.event.GrowingEventReader;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The report of a log that is being written. Each look reads only what is new since the last one; memory holds a few numbers
 * for each listener, and no more than so many listeners. Only sessions that ended count. For one thread.
 */
public final class LiveReport implements AutoCloseable {

    /** About what a listener takes, with its session that is not over. */
    private static final long BYTES_PER_LISTENER = 2_000;

    /** While there is much to read, half of the time is left to others: they answer requests. */
    private static final long WORK_NANOS = Duration.ofMillis(10).toNanos();

    private final SessionReader sessions;
    private final LogReading reading;
    private final long mostListeners;

    /**
     * @param log the live file
     * @param facts what is known of the tracks
     * @param mostListeners how many listeners may be kept
     */
    public LiveReport(Path log, TrackFacts facts, long mostListeners) {
        sessions = new SessionReader(new GrowingEventReader(log));
        ReadingOptions usual = ReadingOptions.DEFAULT;
        reading = new LogReading(sessions, new ReadingOptions(null, usual.window(), usual.zone(), facts, false));
        this.mostListeners = mostListeners;
    }

    /** As many listeners as take an eighth of the memory that there is. */
    public static long affordableListeners() {
        return Runtime.getRuntime().maxMemory() / 8 / BYTES_PER_LISTENER;
    }

    /**
     * Reads on to the end of the log.
     *
     * @throws ReportException if there are more listeners than may be kept; later looks say so too
     */
    public void catchUp() {
        long pause = System.nanoTime() + WORK_NANOS;
        while (true) {
            if (reading.listeners() + sessions.openSessions() > mostListeners) {
                throw new ReportException("the log has more listeners than the server has memory for (" + mostListeners
                        + "): raise -Xmx, or ask segue report");
            }
            Session session = sessions.nextEnded();
            if (session == null) {
                return;
            }
            reading.add(session);
            if (System.nanoTime() > pause) {
                LockSupport.parkNanos(WORK_NANOS);
                pause = System.nanoTime() + WORK_NANOS;
            }
        }
    }

    /**
     * What is known now.
     *
     * @throws ReportException if the experiment has too few arms or listeners yet
     */
    public Report report(String experiment, ReportOptions options) {
        return Report.of(reading.experiment(experiment), options);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
