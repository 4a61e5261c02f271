package dev.segue.simulation.inprocess;

import dev.segue.event.EventSink;
import dev.segue.play.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sorts the events of concurrent sessions by time, and holds events back while earlier ones may follow.
 */
final class OrderedLog {

    private final EventSink sink;
    private List<Event> pending = new ArrayList<>();

    OrderedLog(EventSink sink) {
        this.sink = sink;
    }

    /** A total order, since a session and a sequence number identify a listener's event. */
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
        pending.addAll(events);
    }

    /** Appends all events before a time to the sink; later additions must not be before it. */
    void flushBefore(long millis) {
        pending.sort(OrderedLog::compare);
        int end = 0;
        while (end < pending.size() && pending.get(end).timestamp() < millis) {
            sink.append(pending.get(end++));
        }
        pending = new ArrayList<>(pending.subList(end, pending.size()));
    }
}
