package dev.segue.recommend;

import dev.segue.history.ListeningHistory;
import dev.segue.posterior.SessionScorer;

/**
 * Chooses the track of which the listener is expected to play the largest share now, by the session model: what the session is about is
 * inferred from its first track and from how much of each track was played. Has no recommendation before the first track, nor on a first
 * track that the model does not know.
 */
public final class SessionRecommender extends ScoringRecommender {

    private final SessionScorer scorer;

    /** A recommender by a session model. */
    public SessionRecommender(String name, SessionScorer scorer, Exploration exploration) {
        super(name, exploration);
        this.scorer = scorer;
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    /** Without exploration the best of all tracks is chosen. */
    @Override
    int candidates(int found) {
        return explores() ? found : scorer.tracks();
    }

    @Override
    String scoreName() {
        return "expected share by what was played in the session";
    }

    @Override
    String scored() {
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
