package dev.segue.simulation.replay;

import dev.segue.play.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends recorded requests again. For one thread at a time. */
public interface ReplayClient extends AutoCloseable {

    /**
     * Sends a {@code start} or {@code next}.
     *
     * @return the ranking of tracks, best first; may be empty
     * @throws NextTrackException if there is no response, or an invalid one
     */
    List<Integer> next(Event recorded);

    /**
     * Sends a {@code last}.
     *
     * @throws NextTrackException if there is no response, or an invalid one
     */
    void last(Event recorded);

    /** The reason why a recorded request cannot be sent; null if it can. */
    @Nullable
    String obstacle(Event recorded);

    @Override
    void close();
}
