package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Draws uniformly from the best tracks of a recommender, by its {@link Recommender#order}. This gives off-policy evaluation support for
 * recommenders that are deterministic otherwise.
 */
public final class BestRecommender implements Recommender {

    private final Recommender recommender;
    private final int count;

    /** Draws from the best tracks of a recommender.
     *
     * @param recommender a single recommender of a fallback chain that implements {@link Recommender#order}; if it orders no tracks, there
     *     is no recommendation
     * @param count maximum number of tracks to draw from, ≥ 1
     */
    public BestRecommender(Recommender recommender, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of best tracks must be at least 1, is " + count);
        }
        this.recommender = recommender;
        this.count = count;
    }

    @Override
    public String name() {
        return recommender.name();
    }

    @Override
    public boolean isSlow() {
        return recommender.isSlow();
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        int[] best = best(request);
        return best.length == 0
                ? Recommendation.NONE
                : Recommendation.of(best[random.nextInt(best.length)], 1.0 / best.length, best.length, name());
    }

    private int[] best(NextTrackRequest request) {
        var ranking = new Ranking(count);
        recommender.order(request, ranking);
        return ranking.tracks().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public TrackDistribution distribution(NextTrackRequest request) {
        int[] best = best(request);
        return best.length == 0 ? TrackDistribution.NONE : new Best(best);
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
        recommender.order(request, ranking);
    }

    @Override
    public String reason(NextTrackRequest request, Recommendation chosen) {
        return "It was drawn uniformly from the " + chosen.candidates() + " best tracks of " + name() + ".";
    }

    @Override
    public List<RuleEffect> effects(NextTrackRequest request) {
        return recommender.effects(request);
    }

    /** The uniform distribution over the best tracks. */
    public static final class Best implements TrackDistribution {

        private final int[] tracks;

        private Best(int[] tracks) {
            this.tracks = tracks;
        }

        /** The uniform distribution over fewer of the best tracks.
         *
         * @param number maximum number of tracks, ≥ 1
         */
        public TrackDistribution first(int number) {
            return number >= tracks.length ? this : new Best(Arrays.copyOf(tracks, number));
        }

        @Override
        public double probability(int track) {
            for (int best : tracks) {
                if (best == track) {
                    return 1.0 / tracks.length;
                }
            }
            return 0;
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            return Arrays.stream(tracks).mapToDouble(value).sum() / tracks.length;
        }
    }
}
