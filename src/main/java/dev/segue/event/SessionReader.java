package dev.segue.event;

import dev.segue.id.ListenerId;
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
 * Groups the events of a log into sessions by a {@link SessionRule}; duplicate events are skipped.
 *
 * <p>A session is returned as soon as its {@code last} or the listener's next session ends it; sessions that are open at the
 * end of the log follow, in the order of their first events. Memory holds the open sessions only.
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
     * @throws EventLogException if a line is not an event
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
        List<Event> openSession = open.get(event.listener());
        if (openSession != null && begins(openSession, event)) {
            open.remove(event.listener());
            leftCount++;
            ended.add(new Session(event.listener(), openSession));
            openSession = null;
        }
        if (openSession == null) {
            openSession = new ArrayList<>();
            open.put(event.listener(), openSession);
        } else if (event.session() != openSession.get(0).session()) {
            strayCount++;
            return;
        }
        openSession.add(event);
        if (event.message() == Message.LAST) {
            open.remove(event.listener());
            closedCount++;
            ended.add(new Session(event.listener(), openSession));
        }
    }

    private boolean begins(List<Event> openSession, Event event) {
        return rule.begins(
                openSession.get(0).session(),
                openSession.get(openSession.size() - 1).timestamp(),
                event.session(),
                event.sequence(),
                event.message() == Message.START,
                event.timestamp());
    }

    private void endWithLog(List<Event> openSession) {
        var session = new Session(openSession.get(0).listener(), openSession);
        if (rule.isOver(session.last().timestamp(), logEnd)) {
            leftCount++;
        } else {
            openCount++;
        }
        ended.add(session);
    }

    /** Counts of the events and sessions read so far. */
    public Counts counts() {
        return new Counts(
                eventCount, closedCount, leftCount, openCount, strayCount, events.repeated(), events.tornLines());
    }

    @Override
    public void close() {
        events.close();
    }

    /**
     * Counts of events and sessions.
     *
     * @param events events read, without duplicates
     * @param closed sessions that ended with {@code last}
     * @param left sessions that ended with the listener's next session or by silence
     * @param open sessions that were open at the end of the log
     * @param stray events of an older session than the listener's current one; they belong to no session here
     * @param repeated duplicate events skipped
     * @param tornLines incomplete last lines skipped, as a killed process leaves them
     */
    public record Counts(long events, long closed, long left, long open, long stray, long repeated, long tornLines) {}
}
