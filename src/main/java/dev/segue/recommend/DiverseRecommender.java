package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Reranks the best tracks of a recommender by {@link Mmr}. When the recommender chooses the track at place p of its own order, the track
 * at place p of the new order is recommended. This maps tracks one to one, so the propensity of the original choice holds: a greedy
 * recommender recommends the first track of the new order, and a uniform draw stays uniform. The rest of a list follows in the new order.
 */
public final class DiverseRecommender implements Recommender {

    private final Recommender recommender;
    private final Mmr mmr;

    /** @param recommender a single recommender of a fallback chain, not the chain, so that the tracks of its links stay apart */
    public DiverseRecommender(Recommender recommender, Mmr mmr) {
        this.recommender = recommender;
        this.mmr = mmr;
    }

    @Override
    public String name() {
        return recommender.name();
    }

    @Override
    public boolean isSlow() {
        return recommender.isSlow() || mmr.isSlow();
    }

    @Override
    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
        Recommendation own = recommender.recommend(request, random);
        if (own.isNone()) {
            return own;
        }
        int[] ranked = ranked(request, mmr.pool());
        for (int place = 0; place < ranked.length; place++) {
            if (ranked[place] == own.track()) {
                int track = mmr.order(ranked, request.history(), List.of(), place + 1)[place];
                return new Recommendation(track, own.propensity(), own.candidates(), own.recommender(), own.fallback());
            }
        }
        return own;
    }

    @Override
    public TrackDistribution distribution(NextTrackRequest request) {
        TrackDistribution own = recommender.distribution(request);
        int[] ranked = ranked(request, mmr.pool());
        return own.isNone() || ranked.length == 0
                ? own
                : new Reordered(own, ranked, mmr.order(ranked, request.history(), List.of(), ranked.length));
    }

    @Override
    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
        int[] ranked = ranked(request, capacity(ranking));
        if (ranked.length == 0) {
            recommender.rank(request, random, ranking);
            return;
        }
        Recommendation first = recommend(request, random);
        if (!first.isNone()) {
            ranking.add(first.track());
            addInNewOrder(ranked, request, ranking);
        }
    }

    @Override
    public void order(NextTrackRequest request, Ranking ranking) {
        addInNewOrder(ranked(request, capacity(ranking)), request, ranking);
    }

    private int capacity(Ranking ranking) {
        return Math.max(mmr.pool(), ranking.capacity());
    }

    /** The recommender's best tracks in its own order, before the reranking. */
    private int[] ranked(NextTrackRequest request, int count) {
        var ranking = new Ranking(count);
        recommender.order(request, ranking);
        return ranking.tracks().stream().mapToInt(Integer::intValue).toArray();
    }

    private void addInNewOrder(int[] ranked, NextTrackRequest request, Ranking ranking) {
        int[] best = Arrays.copyOf(ranked, Math.min(mmr.pool(), ranked.length));
        for (int track : mmr.order(best, request.history(), ranking.tracks(), ranking.missing())) {
            ranking.add(track);
        }
        for (int place = best.length; place < ranked.length; place++) {
            ranking.add(ranked[place]);
        }
    }

    @Override
    public String reason(NextTrackRequest request, Recommendation chosen) {
        int[] ranked = ranked(request, mmr.pool());
        int[] ordered = mmr.order(ranked, request.history(), List.of(), ranked.length);
        for (int place = 0; place < ordered.length; place++) {
            if (ordered[place] == chosen.track() && ranked[place] != chosen.track()) {
                return "It replaces {" + ranked[place] + "}, the choice of " + recommender.name()
                        + ", because it is less similar to the previous tracks.";
            }
        }
        return recommender.reason(request, chosen);
    }

    /** The tracks that precede the new order's first track in the original order. */
    @Override
    public List<RuleEffect> effects(NextTrackRequest request) {
        int[] ranked = ranked(request, mmr.pool());
        if (ranked.length == 0) {
            return List.of();
        }
        int first = mmr.order(ranked, request.history(), List.of(), 1)[0];
        List<Integer> behind = Arrays.stream(ranked)
                .takeWhile(track -> track != first)
                .sorted()
                .boxed()
                .toList();
        return behind.isEmpty() ? List.of() : List.of(new RuleEffect(Mmr.NAME, behind, List.of()));
    }

    /** The original distribution, with each track's probability moved to the track that replaces it. */
    private static final class Reordered implements TrackDistribution {

        private final TrackDistribution own;
        private final Map<Integer, Integer> ownOf = new HashMap<>();
        private final Map<Integer, Integer> newOf = new HashMap<>();

        Reordered(TrackDistribution own, int[] ranked, int[] ordered) {
            this.own = own;
            for (int place = 0; place < ranked.length; place++) {
                ownOf.put(ordered[place], ranked[place]);
                newOf.put(ranked[place], ordered[place]);
            }
        }

        @Override
        public double probability(int track) {
            return own.probability(ownOf.getOrDefault(track, track));
        }

        @Override
        public double mean(IntToDoubleFunction value) {
            return own.mean(track -> value.applyAsDouble(newOf.getOrDefault(track, track)));
        }
    }
}
