package dev.segue.recommend;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Merges the rankings of several recommenders by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). A track's score is
 * the sum of weight / (60 + rank) over the sources that rank it among their best {@value #DEPTH} tracks; ranks start at 1.
 */
public final class BlendRecommender extends ScoringRecommender {

    private static final int DEPTH = 100;
    private static final double RANK_OFFSET = 60;

    private final List<Source> sources;

    /**
     * A recommender whose ranking is merged, and its weight.
     *
     * @param recommender a recommender that implements {@link Recommender#order}; others contribute nothing
     * @param weight > 0
     */
    public record Source(Recommender recommender, double weight) {
        public Source {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight must be above 0, is " + weight);
            }
        }
    }

    /** Merges the rankings of the sources.
     *
     * @param sources at least one
     */
    public BlendRecommender(String name, List<Source> sources, Exploration exploration) {
        super(name, exploration);
        this.sources = List.copyOf(sources);
    }

    @Override
    public boolean isSlow() {
        return sources.stream().anyMatch(source -> source.recommender.isSlow());
    }

    @Override
    String scoreName() {
        return "reciprocal rank fusion score";
    }

    @Override
    String candidateName() {
        return "the best tracks of "
                + sources.stream().map(source -> source.recommender.name()).collect(Collectors.joining(", "));
    }

    /** All tracks of the sources; {@code count} is ignored. Ties keep the order of the sources. */
    @Override
    ScoredTracks best(NextTrackRequest request, int count) {
        Map<Integer, Double> scores = new LinkedHashMap<>();
        for (Source source : sources) {
            var ranking = new Ranking(DEPTH);
            source.recommender.order(request, ranking);
            List<Integer> tracks = ranking.tracks();
            for (int rank = 0; rank < tracks.size(); rank++) {
                scores.merge(tracks.get(rank), source.weight / (RANK_OFFSET + rank + 1), Double::sum);
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
