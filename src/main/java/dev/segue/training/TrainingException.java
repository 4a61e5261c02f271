package dev.segue.training;

import dev.segue.play.Event;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/** A training that cannot begin or continue. The message has the reason and a remedy. */
public final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TrainingException(String message) {
        this(message, null);
    }

    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Refuses a log that is of another catalog.
     *
     * @param catalogTracks how many tracks there are, ids 0 to that − 1
     */
    static void requireInCatalog(Event event, int catalogTracks) {
        Playback playback = event.playback();
        if (playback != null && playback.track() >= catalogTracks) {
            throw new TrainingException("the log names track " + playback.track() + " (listener "
                    + event.listener().text() + ", timestamp " + event.timestamp() + "), but the catalog has ids 0 to "
                    + (catalogTracks - 1) + "; take the catalog that was served");
        }
    }
}
