package dev.segue.report.reading;

import dev.segue.event.DistinctEventReader;
import dev.segue.event.EventReader;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log that is being written: combines the events to sessions in the order of the log, and passes the sessions to a
 * {@link LogReading}.
 */
public final class GrowingReading implements AutoCloseable {

    /** A listener, with the totals of all earlier sessions. */
    private static final class Listener {
        private final int number;
        private final SessionTotals heardBefore = new SessionTotals();

        Listener(int number) {
            this.number = number;
        }
    }

    /**
     * The number of events within which repetitions are found. A server writes each event once, and a log shipper repeats a
     * batch.
     */
    private static final long REMEMBERED = 1 << 16;

    /** The number of ints that take as much memory as a listener. */
    private static final int INTS_PER_LISTENER = 300;

    private final DistinctEventReader events;
    private final ReadingOptions options;
    private final LogReading reading;
    private final Map<ListenerId, Listener> listeners = new HashMap<>();
    private final Map<ListenerId, SessionTally> open = new HashMap<>();
    private long openInts;

    public GrowingReading(EventReader events, ReadingOptions options) {
        this.events = new DistinctEventReader(events, REMEMBERED);
        this.options = options;
        reading = new LogReading(options, null);
    }

    /** Reads the next event; returns false if there is none yet. */
    public boolean readNext() {
        Event event = events.next();
        if (event == null) {
            return false;
        }
        reading.counts().addEvents(1, event.timestamp());
        add(event.listener(), LogEvent.of(event));
        return true;
    }

    private void add(ListenerId id, LogEvent event) {
        SessionTally session = open.get(id);
        if (session != null && session.isFollowedBy(event, options.rule())) {
            end(id, session);
            session = null;
        }
        if (session == null) {
            session = new SessionTally(event, options);
            open.put(id, session);
        } else if (event.session() != session.number()) {
            reading.counts().addStray();
            return;
        }
        long before = session.ints();
        boolean namesOtherArms = session.add(event, options.facts());
        openInts += session.ints() - before;
        if (namesOtherArms) {
            Listener listener = listener(id);
            reading.see(id, listener.number, session, listener.heardBefore);
        }
        if (session.isClosed()) {
            end(id, session);
        }
    }

    private Listener listener(ListenerId id) {
        return listeners.computeIfAbsent(id, key -> new Listener(listeners.size()));
    }

    private void end(ListenerId id, SessionTally session) {
        open.remove(id);
        openInts -= session.ints();
        reading.end(id, session);
        listener(id).heardBefore.addAll(session.totals());
    }

    /** The number of listeners, plus the memory of large open sessions, converted to listeners. */
    public long held() {
        return listeners.size() + openInts / INTS_PER_LISTENER;
    }

    /** Ends the sessions that the silence before the newest event has ended. */
    void endSilent() {
        Map<ListenerId, SessionTally> silent = new HashMap<>(open);
        silent.values()
                .removeIf(session -> !options.rule()
                        .isOver(session.lastTimestamp(), reading.counts().logEnd()));
        silent.forEach(this::end);
    }

    /** The current data of an experiment; null for the only one. */
    public ExperimentData experiment(@Nullable String name) {
        endSilent();
        reading.counts().setRepeated(events.repeated());
        reading.counts().setRead(events.counts());
        return reading.experiment(name, reading.counts().with(open.values()));
    }

    @Override
    public void close() {
        events.close();
    }
}
