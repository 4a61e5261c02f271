package dev.segue.service;

import dev.segue.history.ListeningHistory;
import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.RuleEffect;
import dev.segue.state.ListenerFeedback;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Has the recommender of a listener's arm choose a track. Thread-safe. */
final class TrackChooser {

    private final long seed;
    private final boolean isRepeatable;
    private final AtomicLong unnumbered = new AtomicLong();

    /**
     * @param seed of all random draws
     * @param isRepeatable whether a listener's draws for sessions without a number are always the same
     */
    TrackChooser(long seed, boolean isRepeatable) {
        this.seed = seed;
        this.isRepeatable = isRepeatable;
    }

    /**
     * The choice of a recommender.
     *
     * @param ranked the ranked list, the recommended track first; empty if none was requested
     * @param explanation null unless one was requested
     */
    record Choice(
            Recommendation recommendation,
            List<Integer> ranked,
            @Nullable Explanation explanation) {
        static final Choice NONE = new Choice(Recommendation.NONE, List.of(), null);
    }

    /**
     * Chooses a track.
     *
     * @param history the session so far, the query's last playback included, without seeds
     * @param now time of the request, in ms since 1970
     */
    Choice choose(Generation served, NextTrackQuery query, ListeningHistory history, Selection selection, long now) {
        ListenerId user = query.user();
        ServedExperiment serving = served.serving();
        Recommender recommender =
                serving.recommender(query.arm() == null ? serving.experiment().assign(user) : serving.arm(query.arm()));
        Supplier<RandomGenerator> random = random(user, history, now);
        NextTrackRequest request = request(query, history, selection);
        Recommendation recommendation = recommender.recommend(request, random.get());
        List<Integer> ranked = List.of();
        if (query.count() > 0) {
            var ranking = new Ranking(query.count());
            recommender.rank(request, random.get(), ranking);
            ranked = ranking.tracks();
        }
        Explanation explanation = query.explain()
                ? Explanation.of(
                        history,
                        recommender.reason(request, recommendation),
                        effects(recommender, request, selection),
                        selection)
                : null;
        return new Choice(recommendation, ranked, explanation);
    }

    private static NextTrackRequest request(NextTrackQuery query, ListeningHistory history, Selection selection) {
        long listener = query.user().key();
        ListenerFeedback feedback = selection.feedback();
        ListeningHistory counted = feedback.isEmpty() ? history : history.withShares(feedback::share);
        Playback last = counted(query.last(), feedback);
        SeedTracks seeds = selection.seeds();
        if (seeds == null) {
            return new NextTrackRequest(listener, last, counted, last, selection.exclusions());
        }
        Playback latest = last == null ? seeds.last() : last;
        return new NextTrackRequest(
                listener, latest, counted.withSeeds(seeds.tracks()), latest, selection.exclusions());
    }

    /** The playback with the share that counts as played by the listener's feedback. */
    private static @Nullable Playback counted(@Nullable Playback last, ListenerFeedback feedback) {
        if (last == null) {
            return null;
        }
        double share = feedback.share(last.track());
        return Double.isNaN(share) ? last : new Playback(last.track(), share, last.unknownId());
    }

    /**
     * Supplies the same stream each time. A numbered event determines its stream. The streams of sessions without a number depend
     * on the time and a counter, so that equal requests get independent draws.
     */
    private Supplier<RandomGenerator> random(ListenerId user, ListeningHistory history, long now) {
        if (history.session() > 0) {
            return () -> new KeyedRandom(seed, user.key(), history.session(), history.sequence());
        }
        if (isRepeatable) {
            return () -> new KeyedRandom(seed, user.key(), 0, 0);
        }
        long number = unnumbered.incrementAndGet();
        return () -> new KeyedRandom(seed, user.key(), now, number);
    }

    /** The effects of the request and the listener's feedback, then those of session rules. */
    private static List<RuleEffect> effects(Recommender recommender, NextTrackRequest request, Selection selection) {
        List<RuleEffect> effects = new ArrayList<>(selection.effects());
        effects.addAll(recommender.effects(request));
        return effects;
    }
}
