package dev.segue.simulation.inprocess;

import dev.segue.event.EventSink;
import dev.segue.play.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Brings the events of sessions that were played side by side into the order of their time. Events that
 * could still be preceded by another are kept back.
 */
final class OrderedLog {

    private final EventSink sink;
    private List<Event> waiting = new ArrayList<>();

    OrderedLog(EventSink sink) {
        this.sink = sink;
    }

    /** A total order: a listener has at most one event with a session and sequence number. */
    private static int compare(Event a, Event b) {
        int order = Long.compare(a.timestamp(), b.timestamp());
        if (order == 0) {
            order = Long.compare(a.listener().key(), b.listener().key());
        }
        if (order == 0) {
            order = Long.compare(a.session(), b.session());
        }
        return order == 0 ? Integer.compare(a.sequence(), b.sequence()) : order;
    }

    void add(Collection<Event> events) {
        waiting.addAll(events);
    }

    /** Passes on all events before a time; there will be none of an earlier one. */
    void flushBefore(long millis) {
        waiting.sort(OrderedLog::compare);
        int end = 0;
        while (end < waiting.size() && waiting.get(end).timestamp() < millis) {
            sink.append(waiting.get(end++));
        }
        waiting = new ArrayList<>(waiting.subList(end, waiting.size()));
    }
}
