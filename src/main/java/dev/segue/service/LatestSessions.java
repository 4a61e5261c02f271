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
            Event read = event;
            listeners.putIfAbsent(read.listener().key(), read.listener());
            progress.accept(events.bytesRead());
            if (NextTrackService.isStateless(read)) {
                continue; // of a request with its own session, or a play that was reported late
            }
            memory.update(read.listener().key(), listener -> {
                ListeningHistory history = listener.history();
                if (read.session() == history.session() && read.sequence() <= history.sequence()) {
                    history.next(null, read.timestamp()); // a session of another log with the same number
                }
                history.restore(
                        read.session(),
                        read.sequence(),
                        read.playback(),
                        read.message() == Message.LAST,
                        read.timestamp());
                return null;
            });
        }
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
