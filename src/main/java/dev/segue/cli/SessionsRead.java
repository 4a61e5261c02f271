package dev.segue.cli;

import dev.segue.event.SessionReader;
import dev.segue.training.SessionCounts;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * The counts of a training's data in a log.
 *
 * @param rows number of playbacks, without each session's first
 * @param listeners number of their listeners
 * @param sessions number of their sessions
 * @param counts counts of all sessions and events in the log
 */
record SessionsRead(long rows, long listeners, long sessions, SessionCounts counts) {

    /** Prints the counts, and a warning about implausibly long sessions. */
    void print(PrintWriter err) {
        SessionReader.Counts log = counts.log();
        err.printf(
                Locale.ROOT,
                "%,d rows of %,d listeners from %,d sessions (%,d without \"last\", %,d open); skipped: %,d sessions with one"
                        + " track or none, %,d requests without a track, %,d stray events, %,d repeated events, %,d torn"
                        + " lines%n",
                rows,
                listeners,
                sessions,
                log.left(),
                log.open(),
                counts.shortSessions(),
                counts.startEvents(),
                log.stray(),
                log.repeated(),
                log.tornLines());
        counts.longSessions().warning().ifPresent(warning -> err.printf(Locale.ROOT, "warning: %s%n", warning));
        err.flush();
    }
}
