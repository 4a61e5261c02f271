package dev.segue.recommend;

import dev.segue.catalog.Tracks;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Applies session rules to a recommender. The recommender chooses among the tracks that the rules allow, so its propensities are exact. If
 * the rules allow no track, the recommender chooses without them, because a repeated track is better than no recommendation. The
 * request's own exclusions always apply.
 */
public final class RuledRecommender implements Recommender {

    private final Recommender recommender;
    private final List<SessionRule> rules;
    private final Tracks tracks;

    private RuledRecommender(Recommender recommender, List<SessionRule> rules, Tracks tracks) {
        this.recommender = recommender;
        this.rules = rules;
        this.tracks = tracks;
    }

    /** The recommender with the rules applied; the recommender itself if there are no rules. */
    public static Recommender of(Recommender recommender, List<SessionRule> rules, Tracks tracks) {
        return rules.isEmpty() ? recommender : new RuledRecommender(recommender, List.copyOf(rules), tracks);
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
        NextTrackRequest ruled = ruled(request);
        Recommendation recommendation = recommender.recommend(ruled, random);
        return recommendation.isNone() && ruled.exclusions() != request.exclusions()
                ? recommender.recommend(request, random)
                : recommendation;
    }

    @Override
    public TrackDistribution distribution(NextTrackRequest request) {
        NextTrackRequest ruled = ruled(request);
        TrackDistribution distribution = recommender.distribution(ruled);
        return distribution.isNone() && ruled.exclusions() != request.exclusions()
                ? recommender.distribution(request)
                : distribution;
    }

    @Override
    public String reason(NextTrackRequest request, Recommendation chosen) {
        return recommender.reason(ruled(request), chosen);
    }

    @Override
    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        int missing = ranking.missing();
        recommender.rank(ruled(request), random, ranking);
        if (ranking.missing() == missing) {
            recommender.rank(request, random, ranking);
        }
    }

    @Override
    public void order(NextTrackRequest request, Ranking ranking) {
        recommender.order(ruled(request), ranking);
    }

    private NextTrackRequest ruled(NextTrackRequest request) {
        Exclusions given = request.exclusions();
        Exclusions exclusions = given == null ? new Exclusions(tracks) : given.copy();
        @Nullable Playback anchor = request.anchor();
        for (SessionRule rule : rules) {
            rule.apply(request, exclusions);
            anchor = rule.anchor(request, anchor);
        }
        return request.withRules(anchor, exclusions);
    }

    @Override
    public List<RuleEffect> effects(NextTrackRequest request) {
        List<RuleEffect> effects = new ArrayList<>();
        for (SessionRule rule : rules) {
            var exclusions = new Exclusions(tracks);
            rule.apply(request, exclusions);
            if (!exclusions.isEmpty()) {
                effects.add(exclusions.effect(rule.name()));
            }
        }
        effects.addAll(recommender.effects(ruled(request)));
        return effects;
    }
}
