package dev.segue.training;

import dev.segue.event.Event;
import dev.segue.event.Event.Playback;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns sessions into training rows. The first track of a session is the listener's own choice: it is context, and no row.
 * Sessions that are open when the log ends count too, since what was heard was heard.
 */
public final class RowReader {

    /** The choice of a row's context. */
    public enum Context {
        /** The session's first track: what the session is about. */
        FIRST,
        /** The track before. */
        PREVIOUS
    }

    private final Context context;
    private final int catalogTracks;
    private final TrainingRows rows = new TrainingRows();
    private long shortSessions;
    private long unchosen;
    private LongSessions longSessions = LongSessions.NONE;

    /**
     * @param catalogTracks how many tracks there are, ids 0 to that − 1
     */
    public RowReader(Context context, int catalogTracks) {
        this.context = context;
        this.catalogTracks = catalogTracks;
    }

    /**
     * What was read.
     *
     * @param rows the rows
     * @param log what the log held
     * @param shortSessions sessions with fewer than two playbacks: nothing was recommended in them
     * @param unchosen {@code start} events, which name no track
     * @param longSessions those that are too long for a listener's sitting
     */
    public record Result(
            TrainingRows rows,
            SessionReader.Counts log,
            long shortSessions,
            long unchosen,
            LongSessions longSessions) {}

    /**
     * Reads all sessions.
     *
     * @param progress is told the number of rows so far
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public Result read(SessionReader sessions, LongConsumer progress) {
        for (Session session = sessions.next(); session != null; session = sessions.next()) {
            add(session);
            longSessions = longSessions.with(session);
            progress.accept(rows.size());
        }
        return new Result(rows, sessions.counts(), shortSessions, unchosen, longSessions);
    }

    private void add(Session session) {
        @Nullable Playback before = null;
        int heard = 0;
        for (Event event : session.events()) {
            Playback playback = event.playback();
            if (playback == null) {
                unchosen++;
                continue;
            }
            TrainingException.requireInCatalog(playback.track(), catalogTracks, event);
            heard++;
            if (before != null) {
                rows.add(session.listener(), before.track(), playback.track(), playback.time());
            }
            before = before == null || context == Context.PREVIOUS ? playback : before;
        }
        shortSessions += heard < 2 ? 1 : 0;
        rows.endSession();
    }
}
