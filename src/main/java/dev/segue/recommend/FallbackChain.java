package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Tries recommenders in order until one recommends a track; {@link Recommendation#fallback} is the index of that one. */
final class FallbackChain implements Recommender {

    private final Recommender[] recommenders;

    private FallbackChain(List<Recommender> recommenders) {
        this.recommenders = recommenders.toArray(Recommender[]::new);
    }

    static FallbackChain of(Recommender first, Recommender fallback) {
        List<Recommender> recommenders = new ArrayList<>();
        for (Recommender link : List.of(first, fallback)) {
            if (link instanceof FallbackChain chain) {
                recommenders.addAll(List.of(chain.recommenders));
            } else {
                recommenders.add(link);
            }
        }
        return new FallbackChain(recommenders);
    }

    @Override
    public String name() {
        return recommenders[0].name();
    }

    @Override
    public boolean isSlow() {
        return Arrays.stream(recommenders).anyMatch(Recommender::isSlow);
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        for (int depth = 0; depth < recommenders.length; depth++) {
            Recommendation recommendation = recommenders[depth].recommend(request, random);
            if (!recommendation.isNone()) {
                return recommendation.afterFallbacks(depth);
            }
        }
        return Recommendation.NONE;
    }

    @Override
    public TrackDistribution distribution(NextTrackRequest request) {
        for (Recommender recommender : recommenders) {
            TrackDistribution distribution = recommender.distribution(request);
            if (!distribution.isNone()) {
                return distribution;
            }
        }
        return TrackDistribution.NONE;
    }

    @Override
    public String reason(NextTrackRequest request, Recommendation chosen) {
        return recommenders[chosen.fallback()].reason(request, chosen);
    }

    @Override
    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        for (Recommender recommender : recommenders) {
            if (ranking.missing() == 0) {
                return;
            }
            recommender.rank(request, random, ranking);
        }
    }

    /** The effects of the recommender that makes the recommendation. */
    @Override
    public List<RuleEffect> effects(NextTrackRequest request) {
        for (Recommender recommender : recommenders) {
            if (!recommender.distribution(request).isNone()) {
                return recommender.effects(request);
            }
        }
        return List.of();
    }

    @Override
    public void order(NextTrackRequest request, Ranking ranking) {
        for (Recommender recommender : recommenders) {
            recommender.order(request, ranking);
        }
    }
}
