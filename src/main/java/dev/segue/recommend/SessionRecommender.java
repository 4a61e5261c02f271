package dev.segue.recommend;

import dev.segue.history.ListeningHistory;
import dev.segue.posterior.SessionScorer;

/**
 * Recommends the track with the largest expected played share by the session model, which infers the session's topic from its first track
 * and from the played share of each track. Makes no recommendation before the first track, or if the model was not trained on the first
 * track.
 */
public final class SessionRecommender extends ScoringRecommender {

    private final SessionScorer scorer;

    /** Recommends by a session model. */
    public SessionRecommender(String name, SessionScorer scorer, Exploration exploration) {
        super(name, exploration);
        this.scorer = scorer;
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    /** Without exploration, the choice is among all tracks of the model. */
    @Override
    int candidateCount(int scoredCount) {
        return explores() ? scoredCount : scorer.tracks();
    }

    @Override
    String scoreName() {
        return "expected played share, given the session so far";
    }

    @Override
    String candidateName() {
        return "all tracks";
    }

    @Override
    ScoredTracks best(NextTrackRequest request, int count) {
        ListeningHistory history = request.history();
        int plays = history.size();
        int[] tracks = new int[plays];
        double[] shares = new double[plays];
        for (int i = 0; i < plays; i++) {
            tracks[i] = history.track(plays - 1 - i);
            shares[i] = history.time(plays - 1 - i);
        }
        Exclusions exclusions = request.exclusions();
        SessionScorer.Ranked best = scorer.best(
                request.listener(), tracks, shares, track -> exclusions != null && exclusions.contains(track), count);
        return new ScoredTracks(best.tracks(), best.shares());
    }
}
