package dev.segue.recommend;

import dev.segue.listening.ListeningHistory;
import dev.segue.posterior.SessionScorer;
import dev.segue.posterior.SessionScorer.Ranked;
import java.util.random.RandomGenerator;

/**
 * Chooses the track of which the listener is expected to play the largest share now, by the session model: what the session is about is
 * inferred from its first track and from how much of each track was played. Has no opinion before the first track, nor on a first
 * track that the model does not know.
 *
 * <p>With exploration ε, the best track is recommended with probability 1 − ε, and otherwise one of the best {@value #EXPLORED}, drawn
 * uniformly: this gives off-policy evaluation its support.
 */
public final class SessionRecommender implements Recommender {

    private static final int EXPLORED = 50;

    private final String name;
    private final SessionScorer scorer;
    private final double exploration;

    /**
     * A recommender by a session model.
     *
     * @param exploration ε, 0 to 1
     */
    public SessionRecommender(String name, SessionScorer scorer, double exploration) {
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration " + exploration + " is not between 0 and 1");
        }
        this.name = name;
        this.scorer = scorer;
        this.exploration = exploration;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        if (exploration == 0) {
            Ranked best = best(request, 1);
            return best.tracks().length == 0
                    ? Recommendation.NONE
                    : Recommendation.of(best.tracks()[0], 1, scorer.tracks(), name);
        }
        Ranked best = best(request, EXPLORED);
        int count = best.tracks().length;
        if (count == 0) {
            return Recommendation.NONE;
        }
        int chosen = random.nextDouble() < exploration ? random.nextInt(count) : 0;
        double propensity = exploration / count + (chosen == 0 ? 1 - exploration : 0);
        return Recommendation.of(best.tracks()[chosen], propensity, count, name);
    }

    @Override
    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        Recommendation first = recommend(request, random);
        if (!first.isNone()) {
            ranking.add(first.track());
            order(request, ranking);
        }
    }

    @Override
    public void order(NextTrackRequest request, Ranking ranking) {
        for (int track : best(request, ranking.missing() + 1).tracks()) {
            ranking.add(track);
        }
    }

    private Ranked best(NextTrackRequest request, int count) {
        ListeningHistory history = request.history();
        int plays = history.size();
        int[] tracks = new int[plays];
        double[] shares = new double[plays];
        for (int i = 0; i < plays; i++) {
            tracks[i] = history.track(plays - 1 - i);
            shares[i] = history.time(plays - 1 - i);
        }
        Exclusions exclusions = request.exclusions();
        return scorer.best(
                request.listener(), tracks, shares, track -> exclusions != null && exclusions.contains(track), count);
    }
}
