package dev.segue.recommend;

import dev.segue.catalog.Tracks;
import dev.segue.knn.KnnQuery;
import dev.segue.knn.ScoredItems;
import dev.segue.knn.SessionKnn;
import dev.segue.listening.ListeningHistory;
import java.util.random.RandomGenerator;

/**
 * Recommends what past sessions like the current one had: the track with the highest score by session k-nearest neighbours. With a
 * share of exploration, it draws uniformly from the {@value #EXPLORED} best instead, so that off-policy estimates have support.
 */
public final class SessionKnnRecommender implements Recommender {

    /** Exploration draws from so many tracks. */
    static final int EXPLORED = 50;

    private final String name;
    private final SessionKnn knn;
    private final Tracks tracks;
    private final double exploration;

    /**
     * @param tracks only these are recommended
     * @param exploration the share of recommendations that are drawn from the {@value #EXPLORED} best, 0..1
     */
    public SessionKnnRecommender(String name, SessionKnn knn, Tracks tracks, double exploration) {
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration must be a share from 0 to 1, and is " + exploration);
        }
        this.name = name;
        this.knn = knn;
        this.tracks = tracks;
        this.exploration = exploration;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        ScoredItems best = best(request, EXPLORED);
        int candidates = best.size();
        if (candidates == 0) {
            return Recommendation.NONE;
        }
        int chosen = choose(candidates, random);
        double propensity = exploration / candidates + (chosen == 0 ? 1 - exploration : 0);
        return Recommendation.of((int) best.item(chosen), propensity, candidates, name);
    }

    @Override
    public boolean isSlow() {
        return true;
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
        ScoredItems best = best(request, ranking.missing() + 1);
        for (int i = 0; i < best.size(); i++) {
            ranking.add((int) best.item(i));
        }
    }

    /** The place of the track to recommend among the best. */
    private int choose(int candidates, RandomGenerator random) {
        return exploration > 0 && random.nextDouble() < exploration ? random.nextInt(candidates) : 0;
    }

    private ScoredItems best(NextTrackRequest request, int count) {
        ListeningHistory history = request.history();
        var session = new KnnQuery();
        for (int back = history.size() - 1; back >= 0; back--) {
            session.add(history.track(back), (float) history.time(back));
        }
        Exclusions exclusions = request.exclusions();
        return knn.predict(
                session, count, item -> isTrack(item) && (exclusions == null || !exclusions.contains((int) item)));
    }

    /** Whether an item of the index is a track of the catalog. */
    private boolean isTrack(long item) {
        return item == (int) item && tracks.contains((int) item);
    }
}
