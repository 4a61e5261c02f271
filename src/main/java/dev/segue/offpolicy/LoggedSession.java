package dev.segue.offpolicy;

import dev.segue.event.Session;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import org.jspecify.annotations.Nullable;

/**
 * A session of a log, in arrays: for each request the playback before it, the recommended track, and the reward. Requests are numbered
 * from 0 in their order.
 */
final class LoggedSession {

    private static final int NO_TRACK = -1;

    private final int unit;
    private final long listener;
    private final boolean closed;
    private final int[] played;
    private final double[] shares;
    private final int[] recommended;
    private final double[] propensities;
    private final double[] rewards;
    private final String[] recommenders;
    private int otherPlayed;

    /** @param unit the listener's number */
    LoggedSession(int unit, Session session) {
        this.unit = unit;
        listener = session.listener().key();
        closed = session.closed();
        int requests = session.events().size() - (closed ? 1 : 0);
        played = new int[requests];
        shares = new double[requests];
        recommended = new int[requests];
        propensities = new double[requests];
        rewards = new double[requests];
        recommenders = new String[requests];
        for (int i = 0; i < requests; i++) {
            Event event = session.events().get(i);
            Playback playback = event.playback();
            played[i] = playback == null ? NO_TRACK : playback.track();
            shares[i] = playback == null ? 0 : playback.time();
            recommended[i] = event.recommendation().track();
            propensities[i] = event.recommendation().propensity();
            recommenders[i] = event.recommendation().recommender();
            boolean last = i + 1 == session.events().size();
            rewards[i] = last ? Double.NaN : reward(event, session.events().get(i + 1));
        }
    }

    /** The played share of the recommended track; 0 if another track was played, NaN if unknown. */
    private double reward(Event event, Event following) {
        Playback playback = following.playback();
        if (playback == null
                || following.message() == Message.START
                || event.recommendation().isNone()) {
            return Double.NaN;
        }
        if (playback.track() != event.recommendation().track()) {
            otherPlayed++;
            return 0;
        }
        return playback.time();
    }

    int unit() {
        return unit;
    }

    /** The listener's 64-bit key. */
    long listener() {
        return listener;
    }

    /** Whether the listener ended the session. */
    boolean closed() {
        return closed;
    }

    /** The number of requests. */
    int requests() {
        return recommended.length;
    }

    /** The playback before a request; null for a start request. */
    @Nullable
    Playback playedBefore(int request) {
        return played[request] == NO_TRACK ? null : new Playback(played[request], shares[request]);
    }

    /** Whether a request has a recommendation. */
    boolean hasRecommendation(int request) {
        return recommended[request] != Recommendation.NO_TRACK;
    }

    int recommended(int request) {
        return recommended[request];
    }

    /** The name of the recommender that made a recommendation; empty if the log has none. */
    String recommender(int request) {
        return recommenders[request];
    }

    /** The logged propensity, which may be invalid; NaN if the log has none. */
    double propensity(int request) {
        return propensities[request];
    }

    /** Whether the reward of a recommendation is known. */
    boolean hasReward(int request) {
        return !Double.isNaN(rewards[request]);
    }

    double reward(int request) {
        return rewards[request];
    }

    /** The number of recommendations after which another track was played. */
    int otherPlayed() {
        return otherPlayed;
    }
}
