package dev.segue.training;

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

    /** Checks that an event's track is in the catalog.
     *
     * @param catalogTracks number of tracks; their ids are 0 to {@code catalogTracks} − 1
     * @throws TrainingException if it is not
     */
    static void requireInCatalog(Event event, int catalogTracks) {
        Playback playback = event.playback();
        if (playback != null && playback.track() >= catalogTracks) {
            throw new TrainingException("the log names track " + playback.track() + " (listener "
                    + event.listener().text() + ", timestamp " + event.timestamp() + "), but the catalog has ids 0 to "
                    + (catalogTracks - 1) + "; use the catalog that was served");
        }
    }
}
