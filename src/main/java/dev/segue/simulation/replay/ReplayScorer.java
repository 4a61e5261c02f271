package dev.segue.simulation.replay;

import dev.segue.event.SessionRule;
import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was recommended until the listener's next recorded event tells what was heard, if that is in the same session. For
 * one thread.
 */
final class ReplayScorer {

    /**
     * A listener's session.
     *
     * @param number its number; 0 if it has none
     * @param timestamp of its last event
     * @param recorded what was recommended then
     * @param ranking what is recommended now; null if that is not known
     */
    private record Open(
            long number,
            long timestamp,
            int recorded,
            @Nullable List<Integer> ranking) {}

    private final SessionRule rule;
    private final Map<ListenerId, Open> open = new HashMap<>();
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

    /** An event comes up: its track is what was heard after the listener's event before. */
    void heard(Event event) {
        logEnd = Math.max(logEnd, event.timestamp());
        Open before = open.remove(event.listener());
        if (before != null && begins(before, event)) {
            sessions++;
            before = null;
        }
        if (event.message() == Message.LAST) {
            sessions++;
        } else {
            open.put(
                    event.listener(),
                    new Open(
                            event.session(),
                            event.timestamp(),
                            event.recommendation().track(),
                            null));
        }
        Playback playback = event.playback();
        if (before == null || before.ranking == null || playback == null || before.number != event.session()) {
            return;
        }
        int rank = before.ranking.indexOf(playback.track()) + 1;
        pairs++;
        recorded += before.recorded == playback.track() ? 1 : 0;
        recommended += rank == 1 ? 1 : 0;
        ranked += rank > 0 ? 1 : 0;
        reciprocalRanks += rank > 0 ? 1.0 / rank : 0;
    }

    private boolean begins(Open before, Event event) {
        return rule.begins(
                before.number,
                before.timestamp,
                event.session(),
                event.sequence(),
                event.message() == Message.START,
                event.timestamp());
    }

    /** An event was answered. */
    void answered(Event event, List<Integer> ranking) {
        open.computeIfPresent(
                event.listener(),
                (listener, session) -> new Open(session.number, session.timestamp, session.recorded, ranking));
    }

    /** How many sessions ended; silence is judged at this time, in ms since 1970. */
    long sessions(long end) {
        return sessions
                + open.values().stream()
                        .filter(session -> rule.isOver(session.timestamp, end))
                        .count();
    }

    /** The largest timestamp of the events that came up. */
    long logEnd() {
        return logEnd;
    }

    NextTrackAgreement agreement() {
        return new NextTrackAgreement(pairs, recorded, recommended, ranked, reciprocalRanks);
    }
}
