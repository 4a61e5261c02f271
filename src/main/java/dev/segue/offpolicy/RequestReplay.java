package dev.segue.offpolicy;

import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.recommend.NextTrackRequest;
import java.util.function.IntPredicate;

/** Reconstructs the requests of logged sessions, each with the session's history at that time. */
final class RequestReplay {

    private final ListeningMemory<Void> memory;
    private long sessions;

    /** @param limits the limits of the server's listening history */
    RequestReplay(HistoryLimits limits) {
        memory = new ListeningMemory<>(new HistoryLimits(1, limits.listens(), limits.sessionTimeout(), 0));
    }

    /** Receives requests. */
    @FunctionalInterface
    interface Visitor {
        /** Receives a request.
         *
         * @param position the request's number in its session, from 0
         * @param request valid only during the call
         * @return whether to continue
         */
        boolean accept(int position, NextTrackRequest request);
    }

    /** Passes a session's requests to a visitor, in their order.
     *
     * @param filter accepts the positions of the requests to pass
     * @return false if the visitor stopped
     */
    boolean forEach(LoggedSession session, IntPredicate filter, Visitor visitor) {
        long number = ++sessions;
        return memory.update(session.listener(), remembered -> {
            ListeningHistory history = remembered.history();
            for (int i = 0; i < session.requests(); i++) {
                Playback last = session.playedBefore(i);
                history.restore(number, i + 1, last, false, 0);
                if (filter.test(i) && !visitor.accept(i, new NextTrackRequest(session.listener(), last, history))) {
                    return false;
                }
            }
            return true;
        });
    }
}
