package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Draws uniformly from the best tracks of a recommender, by its {@link Recommender#order}. Each of them has the same known propensity,
 * so that off-policy evaluation has support for recommenders that would otherwise choose one track with certainty.
 */
public final class BestRecommender implements Recommender {

    private final Recommender recommender;
    private final int count;

    /**
     * A recommender that draws from another one's best tracks.
     *
     * @param recommender one link of a chain of fallbacks, with an order of its own; has no recommendation if that order is empty
     * @param count from how many tracks it draws at most, at least 1
     */
    public BestRecommender(Recommender recommender, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of best tracks, " + count + ", must be at least 1");
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

    /** The same probability for each of the best tracks. */
    public static final class Best implements TrackDistribution {

        private final int[] tracks;

        private Best(int[] tracks) {
            this.tracks = tracks;
        }

        /**
         * The distribution if fewer of the best tracks were drawn from.
         *
         * @param number from how many, at least 1; all if there are no more
         */
        public TrackDistribution first(int number) {
            return number >= tracks.length ? this : new Best(Arrays.copyOf(tracks, number));
        }

        @Override
        public double of(int track) {
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
