package dev.segue.event;

import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import java.util.List;
import java.util.Objects;

/**
 * A session: consecutive events of one listener.
 *
 * @param listener the listener
 * @param events the events in order, at least one; the last one is a {@link Message#LAST} if and only if the session
 *     was closed
 */
public record Session(ListenerId listener, List<Event> events) {

    public Session {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a session has at least one event");
        }
    }

    /**
     * Whether the session ends with {@link Message#LAST}. If not, the log ended first, or the listener left without
     * that message.
     */
    public boolean closed() {
        return last().message() == Message.LAST;
    }

    /** The playbacks in order; a {@code start} event has none. */
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
