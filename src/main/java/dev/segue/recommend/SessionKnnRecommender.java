package dev.segue.recommend;

import dev.segue.catalog.Tracks;
import dev.segue.history.ListeningHistory;
import dev.segue.knn.KnnQuery;
import dev.segue.knn.ScoredItems;
import dev.segue.knn.SessionKnn;
import java.util.Arrays;

/** Recommends by session k-nearest neighbours: scores tracks by the past sessions that are similar to the current one. */
public final class SessionKnnRecommender extends ScoringRecommender {

    private final SessionKnn knn;
    private final Tracks tracks;

    /** Recommends by past sessions.
     *
     * @param tracks the catalog's tracks; others are not recommended
     */
    public SessionKnnRecommender(String name, SessionKnn knn, Tracks tracks, Exploration exploration) {
        super(name, exploration);
        this.knn = knn;
        this.tracks = tracks;
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    String scoreName() {
        return "score by similar past sessions";
    }

    @Override
    String candidateName() {
        return "all tracks of these sessions";
    }

    @Override
    ScoredTracks best(NextTrackRequest request, int count) {
        ListeningHistory history = request.history();
        var session = new KnnQuery();
        for (int back = history.size() - 1; back >= 0; back--) {
            session.add(history.track(back), (float) history.time(back));
        }
        Exclusions exclusions = request.exclusions();
        ScoredItems best = knn.predict(
                session,
                Math.max(Exploration.CHOICES, count),
                item -> isTrack(item) && (exclusions == null || !exclusions.contains((int) item)));
        int[] ids = new int[best.size()];
        double[] scores = new double[best.size()];
        Arrays.setAll(ids, place -> (int) best.item(place));
        Arrays.setAll(scores, best::score);
        return new ScoredTracks(ids, scores);
    }

    /** Whether an item of the index is a track of the catalog. */
    private boolean isTrack(long item) {
        return item == (int) item && tracks.contains((int) item);
    }
}
