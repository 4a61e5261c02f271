package dev.segue.report.reading;

import dev.segue.event.DistinctEventReader;
import dev.segue.event.EventReader;
import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes sessions of events as they come, and tells them to a reading: what {@link TableReading} does of those that are all there. */
public final class GrowingReading implements AutoCloseable {

    /** A listener, with what it heard so far. */
    private static final class Listener {
        private final int number;
        private final SessionTotals heardBefore = new SessionTotals();

        Listener(int number) {
            this.number = number;
        }
    }

    /** How many events a repetition may come later: a server writes each event once, and a shipper repeats a batch. */
    private static final long REMEMBERED = 1 << 16;

    /** As many ints take the room of a listener. */
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

    /** Takes in the next event; false if there is none yet. */
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

    /** The memory that is held, in listeners: those that were met, and for the longest open sessions as many as take their room. */
    public long held() {
        return listeners.size() + openInts / INTS_PER_LISTENER;
    }

    /** Ends the sessions that were silent for long when the newest event came. */
    void endSilent() {
        Map<ListenerId, SessionTally> silent = new HashMap<>(open);
        silent.values()
                .removeIf(session -> !options.rule()
                        .isOver(session.lastTimestamp(), reading.counts().logEnd()));
        silent.forEach(this::end);
    }

    /** The data of an experiment as of now; null for the only one. */
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
