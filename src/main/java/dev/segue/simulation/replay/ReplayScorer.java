package dev.segue.simulation.replay;

import dev.segue.event.SessionRule;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares each ranking with the track of the listener's next recorded event, if it is in the same session. For one thread.
 */
final class ReplayScorer {

    /**
     * A listener's open session.
     *
     * @param number session number; 0 if the log has none
     * @param timestamp time of the last event, in ms since 1970
     * @param recorded the last event's recommendation
     * @param ranking the replay's ranking for the last event; null before the response and after a failure
     */
    private record OpenSession(
            long number,
            long timestamp,
            int recorded,
            @Nullable List<Integer> ranking) {}

    private final SessionRule rule;
    private final Map<ListenerId, OpenSession> open = new HashMap<>();
    private long sessions;
    private long logEnd = Long.MIN_VALUE;
    private long pairs;
    private long recorded;
    private long recommended;
    private long ranked;
    private double reciprocalRanks;

    ReplayScorer(SessionRule rule) {
        this.rule = rule;
    }

    /** Scores the listener's previous ranking by an event's track, in time order of the listener's events. */
    void observe(Event event) {
        logEnd = Math.max(logEnd, event.timestamp());
        OpenSession previous = open.remove(event.listener());
        if (previous != null && begins(previous, event)) {
            sessions++;
            previous = null;
        }
        if (event.message() == Message.LAST) {
            sessions++;
        } else {
            open.put(
                    event.listener(),
                    new OpenSession(
                            event.session(),
                            event.timestamp(),
                            event.recommendation().track(),
                            null));
        }
        Playback playback = event.playback();
        if (previous == null || previous.ranking == null || playback == null || previous.number != event.session()) {
            return;
        }
        int rank = previous.ranking.indexOf(playback.track()) + 1;
        pairs++;
        recorded += previous.recorded == playback.track() ? 1 : 0;
        recommended += rank == 1 ? 1 : 0;
        ranked += rank > 0 ? 1 : 0;
        reciprocalRanks += rank > 0 ? 1.0 / rank : 0;
    }

    private boolean begins(OpenSession previous, Event event) {
        return rule.begins(
                previous.number,
                previous.timestamp,
                event.session(),
                event.sequence(),
                event.message() == Message.START,
                event.timestamp());
    }

    /** Keeps the replay's ranking for an event. */
    void addRanking(Event event, List<Integer> ranking) {
        open.computeIfPresent(
                event.listener(),
                (listener, session) -> new OpenSession(session.number, session.timestamp, session.recorded, ranking));
    }

    /** The number of sessions that have ended by a time, in ms since 1970. */
    long sessions(long end) {
        return sessions
                + open.values().stream()
                        .filter(session -> rule.isOver(session.timestamp, end))
                        .count();
    }

    /** The largest timestamp of all events. */
    long logEnd() {
        return logEnd;
    }

    NextTrackAgreement agreement() {
        return new NextTrackAgreement(pairs, recorded, recommended, ranked, reciprocalRanks);
    }
}
