package dev.segue.service;

import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last plays that players reported, by which repeated reports are recognised. The ids are in the log as request ids, so a start
 * restores those that it reads.
 *
 * <p>Only listeners of configured clients report plays, so the number of listeners is bounded.
 */
public final class RecentPlays {

    /** The ids of reported plays begin so, unlike most request ids of other clients. */
    static final String PREFIX = "play:";

    /** Maximum number of plays of a listener. */
    static final int KEPT = 10_000;

    private final Map<Long, OfListener> listeners = new ConcurrentHashMap<>();

    /** Adds a reported play of an earlier process; returns false if the event is none. */
    boolean restore(Event event) {
        String id = event.requestId();
        if (id == null || !id.startsWith(PREFIX) || !event.isReportedPlay()) {
            return false;
        }
        of(event.listener()).put(id, 0);
        return true;
    }

    /** Forgets the plays of a listener. */
    public void forget(ListenerId listener) {
        listeners.remove(listener.key());
    }

    /** The plays of a listener. */
    OfListener of(ListenerId listener) {
        return listeners.computeIfAbsent(listener.key(), key -> new OfListener());
    }

    /** One listener's plays. Not thread-safe: the lock of the listener guards it. */
    static final class OfListener {
        private final Map<String, Long> positions = new LinkedHashMap<>();
        private @Nullable ReportedPlay lastEarlier;

        /** The position in the log of a play with this id, 0 if an earlier process logged it; null if there is none. */
        @Nullable
        Long position(String id) {
            return positions.get(id);
        }

        void put(String id, long position) {
            positions.put(id, position);
            if (positions.size() > KEPT) {
                var oldest = positions.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }

        /** The latest of the plays that were reported after their session. */
        @Nullable
        ReportedPlay lastEarlier() {
            return lastEarlier;
        }

        void setLastEarlier(ReportedPlay play) {
            lastEarlier = play;
        }
    }
}
