package dev.segue.event;

import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a log together to sessions, by a {@link SessionRule}; events that were read before are left out.
 *
 * <p>A session is handed out as soon as its {@code last} or the listener's next session ends it, the others after all those, in
 * the order of their first events. Memory holds the sessions that are open at one time.
 *
 * <pre>{@code
 * try (SessionReader sessions = new SessionReader(logs.open(), SessionRule.DEFAULT)) {
 *     for (Session session = sessions.next(); session != null; session = sessions.next()) { … }
 * }
 * }</pre>
 */
public final class SessionReader implements AutoCloseable {

    private final DistinctEventReader events;
    private final SessionRule rule;
    private final Map<ListenerId, List<Event>> open = new LinkedHashMap<>();
    private final Queue<Session> ended = new ArrayDeque<>();
    private long eventCount;
    private long closedCount;
    private long leftCount;
    private long openCount;
    private long strayCount;
    private long logEnd = Long.MIN_VALUE;

    /**
     * Reads sessions from events.
     *
     * @param events in time order; closed with this reader
     */
    public SessionReader(EventReader events, SessionRule rule) {
        this.events = new DistinctEventReader(events);
        this.rule = rule;
    }

    /**
     * The next session, or null at the end.
     *
     * @throws EventLogException if a line is no event
     */
    public @Nullable Session next() {
        while (ended.isEmpty()) {
            Event event = events.next();
            if (event == null) {
                break;
            }
            add(event);
        }
        if (ended.isEmpty()) {
            open.values().forEach(this::endWithLog);
            open.clear();
        }
        return ended.poll();
    }

    private void add(Event event) {
        eventCount++;
        logEnd = Math.max(logEnd, event.timestamp());
        List<Event> heard = open.get(event.listener());
        if (heard != null && begins(heard, event)) {
            open.remove(event.listener());
            leftCount++;
            ended.add(new Session(event.listener(), heard));
            heard = null;
        }
        if (heard == null) {
            heard = new ArrayList<>();
            open.put(event.listener(), heard);
        } else if (event.session() != heard.get(0).session()) {
            strayCount++;
            return;
        }
        heard.add(event);
        if (event.message() == Message.LAST) {
            open.remove(event.listener());
            closedCount++;
            ended.add(new Session(event.listener(), heard));
        }
    }

    private boolean begins(List<Event> heard, Event event) {
        return rule.begins(
                heard.get(0).session(),
                heard.get(heard.size() - 1).timestamp(),
                event.session(),
                event.sequence(),
                event.message() == Message.START,
                event.timestamp());
    }

    private void endWithLog(List<Event> heard) {
        var session = new Session(heard.get(0).listener(), heard);
        if (rule.isOver(session.last().timestamp(), logEnd)) {
            leftCount++;
        } else {
            openCount++;
        }
        ended.add(session);
    }

    /** Counts of what was read so far. */
    public Counts counts() {
        return new Counts(
                eventCount, closedCount, leftCount, openCount, strayCount, events.repeated(), events.tornLines());
    }

    @Override
    public void close() {
        events.close();
    }

    /**
     * Counts of what a reader met.
     *
     * @param events events read, without repeated ones
     * @param closed sessions that ended with {@code last}
     * @param left sessions that ended with the listener's next one or with silence
     * @param open sessions that had not ended when the log did
     * @param stray events of a session older than the one their listener was in; they belong to no session here
     * @param repeated events that were left out since they had been read before
     * @param tornLines last lines cut short by the end of a process
     */
    public record Counts(long events, long closed, long left, long open, long stray, long repeated, long tornLines) {}
}
