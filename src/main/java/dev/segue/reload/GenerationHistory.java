package dev.segue.reload;

import dev.segue.service.Generation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generations of this process, and the one that can be returned to. Only that one is kept with its data. Thread-safe. */
final class GenerationHistory {

    /** Maximum number of periods that are listed. */
    static final int LISTED = 100;

    private final boolean keepPrevious;
    private final Deque<InService> periods = new ArrayDeque<>();
    private @Nullable Previous previous;

    /** A generation that served before, with the time at which it was loaded. */
    record Previous(Generation generation, long loadedAt) {}

    /**
     * @param keepPrevious whether the generation that served before is kept
     * @param now in ms since 1970
     */
    GenerationHistory(Generation first, boolean keepPrevious, long now) {
        this.keepPrevious = keepPrevious;
        begin(first, now, now, Cause.START);
    }

    /** Records that a generation takes the place of another one, which becomes the previous one. */
    synchronized void replace(Generation before, Generation next, long loadedAt, long now, Cause cause) {
        long loadedBefore = periods.getFirst().loadedAt();
        previous = keepPrevious ? new Previous(before, loadedBefore) : null;
        begin(next, loadedAt, now, cause);
    }

    private void begin(Generation next, long loadedAt, long now, Cause cause) {
        periods.addFirst(new InService(next.id(), next.catalog().counts(), loadedAt, now, cause));
        if (periods.size() > LISTED) {
            periods.removeLast();
        }
    }

    /** Whether the generation that served before is kept in memory. */
    boolean keepsPrevious() {
        return keepPrevious;
    }

    /** The generation that can be returned to; null if there is none. */
    synchronized @Nullable Previous previous() {
        return previous;
    }

    synchronized Generations generations() {
        return new Generations(List.copyOf(periods), previous != null);
    }
}
