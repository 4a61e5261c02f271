package dev.segue.simulation;

import dev.segue.event.Event;
import dev.segue.event.Event.Message;
import dev.segue.event.Event.Playback;
import dev.segue.listener.ListenerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what was recommended until the listener's next recorded event tells what was heard. For one thread. */
final class NextTrackJudge {

    private record Asked(long session, int recorded, List<Integer> ranking) {}

    private final Map<ListenerId, Asked> open = new HashMap<>();
    private long pairs;
    private long recorded;
    private long recommended;
    private long ranked;
    private double reciprocalRanks;

    /** An event comes up: its track is what was heard after the listener's event before. */
    void heard(Event event) {
        Asked asked = open.remove(event.listener());
        Playback playback = event.playback();
        if (asked == null || playback == null || asked.session != event.session()) {
            return;
        }
        int rank = asked.ranking.indexOf(playback.track()) + 1;
        pairs++;
        recorded += asked.recorded == playback.track() ? 1 : 0;
        recommended += rank == 1 ? 1 : 0;
        ranked += rank > 0 ? 1 : 0;
        reciprocalRanks += rank > 0 ? 1.0 / rank : 0;
    }

    /** An event was answered. */
    void answered(Event event, List<Integer> ranking) {
        if (event.message() != Message.LAST) {
            open.put(event.listener(), new Asked(event.session(), event.recommendation(), ranking));
        }
    }

    NextTrackAgreement agreement() {
        return new NextTrackAgreement(pairs, recorded, recommended, ranked, reciprocalRanks);
    }
}
