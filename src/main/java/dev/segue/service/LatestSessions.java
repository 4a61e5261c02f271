package dev.segue.service;

import dev.segue.event.EventReader;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The latest session of each listener of a log. Not thread-safe. */
public final class LatestSessions {

    private final Map<Long, ListenerId> listeners = new LinkedHashMap<>();
    private final ListeningMemory<ServedEvent> memory;

    /** @param limits the listeners with the longest silence are forgotten if there are more */
    public LatestSessions(HistoryLimits limits) {
        memory = new ListeningMemory<>(limits, ServedEvent::bytes);
    }

    /**
     * Reads the events of a log.
     *
     * @param progress takes the number of bytes read so far
     */
    public void read(EventReader events, LongConsumer progress) {
        for (Event event = events.next(); event != null; event = events.next()) {
            listeners.putIfAbsent(event.listener().key(), event.listener());
            if (!NextTrackService.isStateless(event)) { // nor a play that was reported late
                add(event);
            }
            progress.accept(events.bytesRead());
        }
    }

    private void add(Event event) {
        memory.update(event.listener().key(), listener -> {
            ListeningHistory history = listener.history();
            boolean isOfAnotherLog = event.session() > 0
                    && event.session() == history.session()
                    && event.sequence() <= history.sequence();
            if (isOfAnotherLog) {
                history.next(null, event.timestamp()); // ends the session with the same number
            }
            history.restore(
                    event.session(),
                    event.sequence(),
                    event.playback(),
                    event.message() == Message.LAST,
                    event.timestamp());
            return null;
        });
    }

    /** The memory that has the sessions. */
    ListeningMemory<ServedEvent> memory() {
        return memory;
    }

    /** The listeners, in the order of their first events. */
    public List<ListenerId> listeners() {
        return List.copyOf(listeners.values());
    }

    /** The playbacks of a listener's latest session, the latest playback last; without those of unknown tracks. */
    List<Playback> session(ListenerId listener) {
        ListeningHistory history = memory.peek(listener.key());
        List<Playback> session = new ArrayList<>(history.size());
        for (int back = history.size() - 1; back >= 0; back--) {
            if (TrackIds.isTrack(history.track(back))) {
                session.add(new Playback(history.track(back), history.time(back)));
            }
        }
        return session;
    }
}
