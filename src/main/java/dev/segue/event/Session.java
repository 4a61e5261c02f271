package dev.segue.event;

import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import java.util.List;
import java.util.Objects;

/**
 * A session: the events of one listener in one sitting.
 *
 * @param listener who listened
 * @param events the events in their order, at least one; the last is a {@link Message#LAST} exactly if the session was closed
 */
public record Session(ListenerId listener, List<Event> events) {

    public Session {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a session has at least one event");
        }
    }

    /** Whether the listener said that nothing more should come; if not, the log ended first, or the listener left without a word. */
    public boolean closed() {
        return last().message() == Message.LAST;
    }

    /** The playbacks in their order; a {@code start} event has none. */
    public List<Playback> playbacks() {
        return events.stream().map(Event::playback).filter(Objects::nonNull).toList();
    }

    /** The last event. */
    public Event last() {
        return events.get(events.size() - 1);
    }

    /** The first event. */
    public Event first() {
        return events.get(0);
    }
}
