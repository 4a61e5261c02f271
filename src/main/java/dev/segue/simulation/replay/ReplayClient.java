package dev.segue.simulation.replay;

import dev.segue.play.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends recorded requests once more. For one thread at a time. */
public interface ReplayClient extends AutoCloseable {

    /**
     * Sends a {@code start} or {@code next}.
     *
     * @return what is recommended now, best first, empty if nothing is; the first is what the listener would hear
     * @throws NextTrackException if there is no answer, or none that can be used
     */
    List<Integer> next(Event recorded);

    /**
     * Sends a {@code last}.
     *
     * @throws NextTrackException if it was not taken note of
     */
    void last(Event recorded);

    /** Why a recorded request cannot be sent; null if it can. */
    @Nullable
    String obstacle(Event recorded);

    @Override
    void close();
}
