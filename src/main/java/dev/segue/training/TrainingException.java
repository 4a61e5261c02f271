package dev.segue.training;

import dev.segue.id.TrackRows;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/** An error that prevents a training. The message states the cause and a remedy. */
public final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TrainingException(String message) {
        this(message, null);
    }

    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether an event's track is in the catalog. Only a play that a player reported may have another track.
     *
     * @throws TrainingException if the track of another event is not in the catalog
     */
    static boolean isInCatalog(Event event, Playback playback, TrackRows tracks) {
        boolean isInCatalog = tracks.row(playback.track()) >= 0;
        if (!isInCatalog && !event.isReportedPlay()) {
            throw new TrainingException("the log names track " + playback.trackId() + " (listener "
                    + event.listener().text() + ", timestamp " + event.timestamp() + "), but the catalog "
                    + (tracks.isIdentity()
                            ? "has ids 0 to " + (tracks.size() - 1)
                            : "of " + tracks.size() + " tracks lacks it")
                    + "; use the catalog that was served");
        }
        return isInCatalog;
    }
}
