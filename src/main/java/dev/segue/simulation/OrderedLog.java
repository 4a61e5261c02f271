package dev.segue.simulation;

import dev.segue.event.Event;
import dev.segue.event.EventSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Brings the events of sessions that were played side by side into the order of their time. What could still be preceded
 * by an event to come is kept back.
 */
final class OrderedLog {

    /** Total: a listener has at most one event with a session and sequence number. */
    private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::timestamp)
            .thenComparingLong(event -> event.listener().key())
            .thenComparingLong(Event::session)
            .thenComparingInt(Event::sequence);

    private final EventSink sink;
    private List<Event> waiting = new ArrayList<>();

    OrderedLog(EventSink sink) {
        this.sink = sink;
    }

    void add(Collection<Event> events) {
        waiting.addAll(events);
    }

    /** Passes on all events before a time; there will be none of an earlier one. */
    void flushBefore(long millis) {
        waiting.sort(ORDER);
        int end = 0;
        while (end < waiting.size() && waiting.get(end).timestamp() < millis) {
            sink.append(waiting.get(end++));
        }
        waiting = new ArrayList<>(waiting.subList(end, waiting.size()));
    }
}
