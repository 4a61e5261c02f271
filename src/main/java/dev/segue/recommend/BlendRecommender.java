package dev.segue.recommend;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks the tracks of several recommenders together, by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): a
 * track's score is the sum of 1/(60 + its rank) over the sources that have it among their {@value #DEPTH} best.
 */
public final class BlendRecommender extends ScoringRecommender {

    private static final int DEPTH = 100;
    private static final double RANK_OFFSET = 60;

    private final List<Recommender> sources;

    /**
     * A blend.
     *
     * @param sources at least one; those without an order of their own add nothing
     */
    public BlendRecommender(String name, List<Recommender> sources, Exploration exploration) {
        super(name, exploration);
        this.sources = List.copyOf(sources);
    }

    @Override
    public boolean isSlow() {
        return sources.stream().anyMatch(Recommender::isSlow);
    }

    /** All tracks of the sources; of equal ones, the one that came first. */
    @Override
    ScoredTracks best(NextTrackRequest request, int count) {
        Map<Integer, Double> scores = new LinkedHashMap<>();
        for (Recommender source : sources) {
            var ranking = new Ranking(DEPTH);
            source.order(request, ranking);
            List<Integer> tracks = ranking.tracks();
            for (int rank = 0; rank < tracks.size(); rank++) {
                scores.merge(tracks.get(rank), 1 / (RANK_OFFSET + rank + 1), Double::sum);
            }
        }
        List<Map.Entry<Integer, Double>> best = scores.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue()))
                .toList();
        return new ScoredTracks(
                best.stream().mapToInt(Map.Entry::getKey).toArray(),
                best.stream().mapToDouble(Map.Entry::getValue).toArray());
    }
}
