package dev.segue.event;

import dev.segue.event.Event.Message;
import dev.segue.event.Event.Playback;
import dev.segue.listener.ListenerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a log together to sessions.
 *
 * <p>Where events carry a session number (Segue's), a session is what shares listener and number; a listener's next number,
 * or a sequence that begins anew, ends the session before it. Without numbers (Botify's), a session is what a listener did
 * in the log's order up to and including {@code last}.
 *
 * <p>A session is handed out as soon as it ends, those that never ended after all others, in the order of their first events.
 * Memory holds the sessions that are open at one time.
 *
 * <pre>{@code
 * try (SessionReader sessions = new SessionReader(logs.open())) {
 *     for (Session session = sessions.next(); session != null; session = sessions.next()) { … }
 * }
 * }</pre>
 */
public final class SessionReader implements AutoCloseable {

    private final EventReader events;
    private final Map<ListenerId, List<Event>> open = new LinkedHashMap<>();
    private final Queue<Session> unfinished = new ArrayDeque<>();
    private long eventCount;
    private long closedCount;
    private long unfinishedCount;
    private long strayCount;
    private long unexpectedCount;
    private long backwardsCount;

    /**
     * Reads sessions from events.
     *
     * @param events in time order; closed with this reader
     */
    public SessionReader(EventReader events) {
        this.events = events;
    }

    /**
     * The next session, or null at the end.
     *
     * @throws EventLogException if a line is no event
     */
    public @Nullable Session next() {
        Session ended = nextEnded();
        if (ended != null) {
            return ended;
        }
        open.forEach((listener, heard) -> unfinished.add(abandoned(listener, heard)));
        open.clear();
        return unfinished.poll();
    }

    /**
     * The next session that has ended, by its listener's word or by the beginning of another; null if the events so far end
     * none. For logs that grow: others may end when there are more events.
     *
     * @throws EventLogException if a line is no event
     */
    public @Nullable Session nextEnded() {
        for (Event event = events.next(); event != null; event = events.next()) {
            eventCount++;
            Session ended = add(event);
            if (ended != null) {
                return ended;
            }
        }
        return null;
    }

    /** How many listeners are in the middle of a session. */
    public int openSessions() {
        return open.size();
    }

    /** Takes in one event; returns the session that it ended. An event that ends one and is itself the end of another waits. */
    private @Nullable Session add(Event event) {
        List<Event> heard = open.get(event.listener());
        Session abandoned = null;
        if (heard != null && beginsAnother(heard, event)) {
            open.remove(event.listener());
            abandoned = abandoned(event.listener(), heard);
            heard = null;
        }
        if (heard == null) {
            heard = new ArrayList<>();
            open.put(event.listener(), heard);
        } else if (event.session() != heard.get(0).session()) {
            strayCount++;
            return null;
        } else {
            check(heard.get(heard.size() - 1), event);
        }
        heard.add(event);
        if (event.message() != Message.LAST) {
            return abandoned;
        }
        open.remove(event.listener());
        closedCount++;
        Session closed = new Session(event.listener(), heard);
        if (abandoned == null) {
            return closed;
        }
        unfinished.add(abandoned);
        return closed;
    }

    private static boolean beginsAnother(List<Event> heard, Event event) {
        return event.session() > heard.get(0).session() || (event.session() > 0 && event.sequence() == 1);
    }

    private Session abandoned(ListenerId listener, List<Event> heard) {
        unfinishedCount++;
        return new Session(listener, heard);
    }

    private void check(Event before, Event event) {
        if (event.timestamp() < before.timestamp()) {
            backwardsCount++;
        }
        Playback playback = event.playback();
        if (playback != null
                && before.recommendation() != Event.NO_TRACK
                && playback.track() != before.recommendation()) {
            unexpectedCount++;
        }
    }

    /** What was read so far. */
    public Counts counts() {
        return new Counts(
                eventCount,
                closedCount,
                unfinishedCount,
                strayCount,
                unexpectedCount,
                backwardsCount,
                events.tornLines());
    }

    @Override
    public void close() {
        events.close();
    }

    /**
     * What a reader met.
     *
     * @param events events read
     * @param closed sessions that ended with {@code last}
     * @param unfinished sessions that did not
     * @param stray events of a session older than the one their listener was in; they belong to no session here
     * @param unexpected events whose track is not the one recommended just before: the listener chose otherwise, or two
     *     sessions of a listener were logged as one
     * @param backwards events with an earlier timestamp than the one before in their session: a clock was set back
     * @param tornLines last lines cut short by the end of a process
     */
    public record Counts(
            long events, long closed, long unfinished, long stray, long unexpected, long backwards, long tornLines) {}
}
