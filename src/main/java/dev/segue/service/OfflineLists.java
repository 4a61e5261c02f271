package dev.segue.service;

import dev.segue.id.ListenerId;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ranked lists of tracks for many listeners, without a server: those that a request for the next track would get, with the recommender of
 * each listener's arm, after the listener's latest session. Thread-safe.
 */
public final class OfflineLists {

    /** Listeners whose lists are in memory at once. */
    private static final int CHUNK = 10_000;

    private final Generation served;
    private final LatestSessions sessions;
    private final NextTrackService service;
    private final int count;

    /**
     * Lists by a generation.
     *
     * @param count maximum length of a list, 1..1000
     * @param seed of random draws
     */
    public OfflineLists(Generation served, LatestSessions sessions, Restrictions restrictions, int count, long seed) {
        this.served = served;
        this.sessions = sessions;
        this.count = count;
        service = NextTrackService.repeatable(served, sessions.memory(), seed, restrictions);
    }

    /**
     * The lists of some listeners, in their order, computed on all processors. A list has the best track first; it is empty if no track is
     * left for the listener.
     *
     * @param progress takes the number of lists that are complete
     */
    public Stream<Map.Entry<ListenerId, int[]>> of(List<ListenerId> listeners, LongConsumer progress) {
        int chunks = (listeners.size() + CHUNK - 1) / CHUNK;
        return IntStream.range(0, chunks).boxed().flatMap(chunk -> {
            int from = chunk * CHUNK;
            List<ListenerId> some = listeners.subList(from, Math.min(from + CHUNK, listeners.size()));
            List<Map.Entry<ListenerId, int[]>> lists = some.parallelStream()
                    .map(listener -> Map.entry(listener, list(listener)))
                    .toList();
            progress.accept(from + some.size());
            return lists.stream();
        });
    }

    private int[] list(ListenerId listener) {
        NextTrackQuery query =
                NextTrackQuery.ofSession(listener, sessions.session(listener), count, Exclude.NONE, Seeds.NONE);
        try {
            return service.next(served, query, 0).event().recommendations().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        } catch (EverythingExcludedException nothingLeft) {
            return new int[0];
        }
    }
}
