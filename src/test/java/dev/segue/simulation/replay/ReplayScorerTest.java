package dev.segue.simulation.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.event.SessionRule;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayScorerTest {

    private final ReplayScorer scorer = new ReplayScorer(SessionRule.DEFAULT);

    @Test
    void rankingsAreComparedWithTheTrackOfTheNextEvent() {
        send(event(Message.NEXT, 1, 0, 10, 11), 11, 12);
        send(event(Message.NEXT, 1, 0, 11, 14), 12, 13, 14, 15);
        send(event(Message.LAST, 1, 0, 14, -1));
        assertEquals(new NextTrackAgreement(2, 2, 1, 2, 1 + 1 / 3.0), scorer.agreement());
        assertEquals(1, scorer.agreement().recordedContinuity());
        assertEquals(0.5, scorer.agreement().continuity());
        assertEquals(1, scorer.agreement().hitRate());
        assertEquals(2 / 3.0, scorer.agreement().meanReciprocalRank());
    }

    @Test
    void tracksOutsideTheRankingCountAsZero() {
        send(event(Message.START, 1, 3, -1, 11), 20, 21);
        send(event(Message.NEXT, 1, 3, 10, 11));
        send(event(Message.NEXT, 1, 3, 12, -1), 12);
        assertEquals(new NextTrackAgreement(2, 0, 0, 0, 0), scorer.agreement());
    }

    @Test
    void pairsAreWithinASessionOfAListener() {
        send(event(Message.NEXT, 1, 3, 10, 11), 11);
        send(event(Message.NEXT, 2, 3, 11, 12), 12);
        send(event(Message.NEXT, 1, 4, 11, 12), 12);
        send(event(Message.LAST, 2, 3, 12, -1));
        send(event(Message.NEXT, 2, 0, 12, 13), 13);
        assertEquals(new NextTrackAgreement(1, 1, 1, 1, 1), scorer.agreement());
    }

    private void send(Event event, Integer... ranking) {
        scorer.observe(event);
        scorer.addRanking(event, List.of(ranking));
    }

    private static Event event(Message message, long listener, long session, int track, int recommendation) {
        return new Event(
                message,
                1,
                ListenerId.of(listener),
                track < 0 ? null : new Playback(track, 0.5),
                0,
                Recommendation.ofUnknownOrigin(recommendation),
                Arms.NONE,
                session,
                0,
                null,
                null,
                List.of());
    }
}
