package dev.segue.recommend;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Ranks the tracks of several recommenders together, by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): a
 * track's score is the sum of 1/(60 + its rank) over the sources that have it among their {@value #DEPTH} best.
 *
 * <p>With exploration ε, the best track is recommended with probability 1 − ε, and otherwise one of the best
 * {@value #EXPLORED}, drawn uniformly.
 */
public final class BlendRecommender implements Recommender {

    private static final int DEPTH = 100;
    private static final int EXPLORED = 50;
    private static final double RANK_OFFSET = 60;

    private final String name;
    private final List<Recommender> sources;
    private final double exploration;

    /**
     * A blend.
     *
     * @param sources at least one; those without an order of their own add nothing
     * @param exploration ε, 0 to 1
     */
    public BlendRecommender(String name, List<Recommender> sources, double exploration) {
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration " + exploration + " is not between 0 and 1");
        }
        this.name = name;
        this.sources = List.copyOf(sources);
        this.exploration = exploration;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isSlow() {
        return sources.stream().anyMatch(Recommender::isSlow);
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        List<Integer> best = best(request);
        if (best.isEmpty()) {
            return Recommendation.NONE;
        }
        int explored = Math.min(EXPLORED, best.size());
        int chosen = exploration > 0 && random.nextDouble() < exploration ? random.nextInt(explored) : 0;
        double propensity = exploration / explored + (chosen == 0 ? 1 - exploration : 0);
        return Recommendation.of(best.get(chosen), propensity, best.size(), name);
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
        best(request).forEach(ranking::add);
    }

    /** All tracks of the sources, the best first; of equal ones, the one that came first. */
    private List<Integer> best(NextTrackRequest request) {
        Map<Integer, Double> scores = new LinkedHashMap<>();
        for (Recommender source : sources) {
            var ranking = new Ranking(DEPTH);
            source.order(request, ranking);
            List<Integer> tracks = ranking.tracks();
            for (int rank = 0; rank < tracks.size(); rank++) {
                scores.merge(tracks.get(rank), 1 / (RANK_OFFSET + rank + 1), Double::sum);
            }
        }
        return scores.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
