package dev.segue.event;

import dev.segue.play.Event;

/** A destination of events. */
@FunctionalInterface
public interface EventSink {

    /**
     * Appends an event.
     *
     * @return the event's position among the sink's events: 1, 2, 3, …
     */
    long append(Event event);
}
