package dev.segue.service;

import dev.segue.event.EventSink;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Recommendation;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records plays that players report. Nothing is recommended: the events have no recommendation. Like {@link NextTrackService}, it
 * runs in memory, under the lock of the listener.
 *
 * <p>The timestamp of an event is the time of the report, so that the log stays in the order of time. A play that ended within
 * the session timeout belongs to the listener's session: it is added to the history, and its event has the listener's arms. An
 * earlier play, such as one from the queue of an offline player, leaves the history as it is. Its event has session 0 and no
 * arms, and a {@code start} before it wherever the plays have a gap, so that readers of the log find the sessions.
 */
public final class PlayRecorder {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ListeningMemory<ServedEvent> memory;
    private final RecentPlays plays;
    private final EventSink log;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final long sessionTimeout;

    /**
     * @param memory histories of the listeners
     * @param plays the plays that were reported before
     * @param log receives the events
     * @param clock of the events
     * @param nanoTime measures latencies, in nanoseconds from any origin
     */
    public PlayRecorder(
            ListeningMemory<ServedEvent> memory,
            RecentPlays plays,
            EventSink log,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.memory = memory;
        this.plays = plays;
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
        sessionTimeout = memory.limits().sessionTimeout().toMillis();
    }

    /** Forgets a listener's history and reported plays; returns false if there is no history. */
    public boolean forget(ListenerId listener) {
        plays.forget(listener);
        return memory.forget(listener.key());
    }

    /** The time, in ms since 1970. */
    public long now() {
        return clock.millis();
    }

    /**
     * The outcome of a report.
     *
     * @param position the event's position in the log; 0 if an earlier process logged it
     * @param isDuplicate whether the play was reported before
     */
    public record Recorded(long position, boolean isDuplicate) {}

    /**
     * Records a play, unless it was reported before.
     *
     * @param served the generation at the arrival of the report
     * @param startNanos arrival of the report, by nanoTime
     */
    public Recorded record(Generation served, ReportedPlay play, long startNanos) {
        return memory.update(play.listener().key(), listener -> {
            RecentPlays.OfListener reported = plays.of(play.listener());
            Long position = reported.position(play.requestId());
            if (position != null) {
                return new Recorded(position, true);
            }
            long now = clock.millis();
            long logged;
            if (now - play.endedAt() <= sessionTimeout) {
                listener.history().next(play.playback(), now);
                logged = log.append(event(served, play, listener.history(), now, startNanos));
            } else {
                if (!continues(play, reported.lastEarlier())) {
                    log.append(start(served, play, now, startNanos));
                }
                logged = log.append(event(served, play, null, now, startNanos));
                reported.setLastEarlier(play);
            }
            reported.put(play.requestId(), logged);
            return new Recorded(logged, false);
        });
    }

    private boolean continues(ReportedPlay play, @Nullable ReportedPlay before) {
        return before != null
                && play.startedAt() >= before.startedAt()
                && play.startedAt() - before.endedAt() <= sessionTimeout;
    }

    /** The event of a play; of an earlier play if there is no history. */
    private Event event(
            Generation served, ReportedPlay play, @Nullable ListeningHistory history, long now, long startNanos) {
        return new Event(
                Message.NEXT,
                now,
                play.listener(),
                play.playback(),
                latency(startNanos),
                Recommendation.NONE,
                history == null ? Arms.NONE : NextTrackService.arms(served, play.listener()),
                history == null ? 0 : history.session(),
                history == null ? 0 : history.sequence(),
                served.id(),
                play.requestId(),
                List.of());
    }

    private double latency(long startNanos) {
        return (nanoTime.getAsLong() - startNanos) / NANOS_PER_SECOND;
    }

    /** Two starts in a millisecond differ by their latencies, because readers skip repeated events. */
    private Event start(Generation served, ReportedPlay play, long now, long startNanos) {
        return new Event(
                Message.START,
                now,
                play.listener(),
                null,
                latency(startNanos),
                Recommendation.NONE,
                Arms.NONE,
                0,
                0,
                served.id(),
                null,
                List.of());
    }
}
