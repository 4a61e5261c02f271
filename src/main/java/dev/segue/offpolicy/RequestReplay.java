package dev.segue.offpolicy;

import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.recommend.NextTrackRequest;
import java.util.function.IntPredicate;

/** Puts the requests of logged sessions together anew, each with the history that its session had then. */
final class RequestReplay {

    private final ListeningMemory<Void> memory;
    private long sessions;

    /** @param limits how much of a session the server remembers */
    RequestReplay(HistoryLimits limits) {
        memory = new ListeningMemory<>(new HistoryLimits(1, limits.listens(), limits.sessionTimeout(), 0));
    }

    /** Takes a request. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes a request, which is valid during the call.
         *
         * @param position the request's number in its session, from 0
         * @return whether to go on
         */
        boolean accept(int position, NextTrackRequest request);
    }

    /**
     * Gives a session's requests in their order.
     *
     * @param wanted which of them, by their position
     * @return whether the visitor went on to the end
     */
    boolean forEach(LoggedSession session, IntPredicate wanted, Visitor visitor) {
        long number = ++sessions;
        return memory.update(session.listener(), remembered -> {
            ListeningHistory history = remembered.history();
            for (int i = 0; i < session.decisions(); i++) {
                Playback last = session.playedBefore(i);
                history.restore(number, i + 1, last, false, 0);
                if (wanted.test(i) && !visitor.accept(i, new NextTrackRequest(session.listener(), last, history))) {
                    return false;
                }
            }
            return true;
        });
    }
}
