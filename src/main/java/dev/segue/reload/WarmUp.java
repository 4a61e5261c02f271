package dev.segue.reload;

import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.history.ListeningMemory.Recent;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.service.EverythingExcludedException;
import dev.segue.service.Exclude;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a generation handle the requests of the listeners who were active last, as dry runs, before it serves: the data that they need are
 * then in the processor's and the system's caches, and a generation that cannot handle them is found out. Nothing is logged or remembered.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    static final int MAX_REQUESTS = 1_000;
    static final Duration MAX_TIME = Duration.ofMillis(200);

    private final NextTrackService service;
    private final ListeningMemory<?> memory;
    private final LongSupplier nanoTime;

    /**
     * @param memory of the listeners
     * @param nanoTime in nanoseconds from any origin
     */
    WarmUp(NextTrackService service, ListeningMemory<?> memory, LongSupplier nanoTime) {
        this.service = service;
        this.memory = memory;
        this.nanoTime = nanoTime;
    }

    /**
     * The outcome of the requests.
     *
     * @param requests the number of requests
     * @param failed the number of those that failed
     */
    record Result(int requests, int failed) {}

    /** Handles the requests, at most {@link #MAX_REQUESTS} of them, and begins none after {@link #MAX_TIME}. */
    Result run(Generation next) {
        long begin = nanoTime.getAsLong();
        int requests = 0;
        int failed = 0;
        for (Recent recent : memory.recent(MAX_REQUESTS)) {
            long now = nanoTime.getAsLong();
            if (requests == MAX_REQUESTS || now - begin >= MAX_TIME.toNanos()) {
                break;
            }
            try {
                var unused = service.next(next, query(recent), now);
            } catch (EverythingExcludedException nothingLeft) {
                // the response to the listener's own request would be the same
            } catch (RuntimeException faulty) {
                if (failed++ == 0) {
                    LOG.warn("generation {} fails at a recent request", next.id(), faulty);
                }
            }
            requests++;
        }
        return new Result(requests, failed);
    }

    private static NextTrackQuery query(Recent recent) {
        var listener = new ListenerId(Long.toString(recent.listener()), recent.listener(), false);
        return NextTrackQuery.ofSession(listener, session(recent.history()), 0, Exclude.NONE, Seeds.NONE);
    }

    private static List<Playback> session(ListeningHistory history) {
        List<Playback> session = new ArrayList<>(history.size());
        for (int back = history.size() - 1; back >= 0; back--) {
            if (TrackIds.isTrack(history.track(back))) {
                session.add(new Playback(history.track(back), history.time(back)));
            }
        }
        return session;
    }
}
