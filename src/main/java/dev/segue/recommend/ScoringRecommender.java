package dev.segue.recommend;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Recommends the best track by scores of its own. With exploration ε, the best track is recommended with probability 1 − ε, and
 * otherwise one of the {@value #EXPLORED} best, drawn uniformly: this gives off-policy evaluation its support.
 */
abstract class GreedyRecommender implements Recommender {

    static final int EXPLORED = 50;

    private final String name;
    private final double exploration;

    /** @param exploration ε, 0 to 1 */
    GreedyRecommender(String name, double exploration) {
        if (!(exploration >= 0 && exploration <= 1)) {
            throw new IllegalArgumentException("exploration " + exploration + " is not between 0 and 1");
        }
        this.name = name;
        this.exploration = exploration;
    }

    /**
     * Tracks that may be recommended, distinct, the best first.
     *
     * @param count how many are wanted, at least 1
     * @return fewer if there are no more; may be more
     */
    abstract int[] best(NextTrackRequest request, int count);

    /**
     * How many tracks the recommendation was chosen from.
     *
     * @param found how many tracks {@link #best} returned
     */
    int candidates(int found) {
        return found;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        int[] best = best(request, wanted());
        if (best.length == 0) {
            return Recommendation.NONE;
        }
        Greedy greedy = greedy(best);
        int chosen = explores() && random.nextDouble() < exploration ? random.nextInt(greedy.tracks().length) : 0;
        return Recommendation.of(best[chosen], greedy.at(chosen), candidates(best.length), name);
    }

    @Override
    public final TrackDistribution distribution(NextTrackRequest request) {
        int[] best = best(request, wanted());
        return best.length == 0 ? TrackDistribution.NONE : greedy(best);
    }

    /** The choice among ranked tracks. */
    private Greedy greedy(int[] best) {
        return new Greedy(Arrays.copyOf(best, Math.min(EXPLORED, best.length)), exploration);
    }

    /** How many of the best tracks may be recommended. */
    private int wanted() {
        return explores() ? EXPLORED : 1;
    }

    /** Whether the best track may be passed over. */
    final boolean explores() {
        return exploration > 0;
    }

    @Override
    public final void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        Recommendation first = recommend(request, random);
        if (!first.isNone()) {
            ranking.add(first.track());
            order(request, ranking);
        }
    }

    @Override
    public final void order(NextTrackRequest request, Ranking ranking) {
        for (int track : best(request, ranking.missing() + 1)) {
            ranking.add(track);
        }
    }
}
