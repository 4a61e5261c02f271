package dev.segue.event;

import dev.segue.play.Event;

/** Where events go. */
@FunctionalInterface
public interface EventSink {

    /**
     * Appends an event; never waits for the disk.
     *
     * @return the event's position among the sink's events: 1, 2, 3, …
     */
    long append(Event event);
}
