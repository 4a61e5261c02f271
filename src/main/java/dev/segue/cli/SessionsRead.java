package dev.segue.cli;

import dev.segue.event.SessionReader;
import java.util.Locale;

/**
 * Counts of what a training has read of a log.
 *
 * @param rows playbacks after the first of their sessions
 * @param shortSessions sessions with fewer than two playbacks
 * @param unchosen requests that name no track
 */
record SessionsRead(
        long rows, long listeners, long sessions, SessionReader.Counts log, long shortSessions, long unchosen) {

    String text() {
        return String.format(
                Locale.ROOT,
                "%,d rows of %,d listeners from %,d sessions (%,d without \"last\", %,d open); skipped: %,d sessions with one"
                        + " track or none, %,d requests without a track, %,d stray events, %,d repeated events, %,d torn"
                        + " lines",
                rows,
                listeners,
                sessions,
                log.left(),
                log.open(),
                shortSessions,
                unchosen,
                log.stray(),
                log.repeated(),
                log.tornLines());
    }
}
