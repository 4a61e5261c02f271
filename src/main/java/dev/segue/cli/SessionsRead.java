package dev.segue.cli;

import dev.segue.event.SessionReader;
import dev.segue.training.SessionCounts;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Counts of what a training has read of a log.
 *
 * @param rows playbacks after the first of their sessions
 * @param listeners how many listeners they are of
 * @param sessions how many sessions they are of
 * @param counts what the log held
 */
record SessionsRead(long rows, long listeners, long sessions, SessionCounts counts) {

    /** Prints the counts, and a warning if sessions are too long. */
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
