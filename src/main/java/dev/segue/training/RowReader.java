package dev.segue.training;

import dev.segue.embedding.Context;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.id.TrackRows;
import dev.segue.play.Playback;
import java.util.List;
import java.util.function.LongConsumer;

/** Converts sessions into training rows. The first track of a session, the listener's own choice, is only a context and not a row. */
public final class RowReader {

    private final Context context;
    private final TrackRows tracks;
    private final TrainingRows rows = new TrainingRows();

    /** @param tracks the tracks of the catalog */
    public RowReader(Context context, TrackRows tracks) {
        this.context = context;
        this.tracks = tracks;
    }

    /** The rows of a log.
     *
     * @param rows the rows
     * @param counts counts of the log
     */
    public record Result(TrainingRows rows, SessionCounts counts) {}

    /**
     * Reads all sessions.
     *
     * @param progress receives the number of sessions so far, after each session
     * @throws TrainingException if a track is not in the catalog
     * @throws dev.segue.event.EventLogException if a line is not an event
     */
    public Result read(SessionReader sessions, LongConsumer progress) {
        SessionCounts counts = new TrainingSessions(tracks)
                .read(sessions, (number, session, playbacks) -> add(session, playbacks), progress);
        return new Result(rows, counts);
    }

    private void add(Session session, List<Playback> playbacks) {
        for (int i = 1; i < playbacks.size(); i++) {
            Playback contextPlayback = playbacks.get(context == Context.FIRST ? 0 : i - 1);
            Playback playback = playbacks.get(i);
            rows.add(
                    session.listener(),
                    tracks.row(contextPlayback.track()),
                    tracks.row(playback.track()),
                    playback.time());
        }
        rows.endSession();
    }
}
