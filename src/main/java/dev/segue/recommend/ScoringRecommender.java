package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Recommends the best track by scores of its own, or another one of the best under an {@link Exploration}. */
abstract class ScoringRecommender implements Recommender {

    private final String name;
    private final Exploration exploration;

    ScoringRecommender(String name, Exploration exploration) {
        this.name = name;
        this.exploration = exploration;
    }

    /**
     * Tracks that may be recommended, the best first.
     *
     * @param count how many are wanted, at least 1
     * @return fewer if there are no more; may be more
     */
    abstract ScoredTracks best(NextTrackRequest request, int count);

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
        ScoredTracks best = best(request, exploration.choices());
        if (best.size() == 0) {
            return Recommendation.NONE;
        }
        var choice = new ScoredChoice(best, exploration);
        int place = choice.draw(random);
        return Recommendation.of(choice.track(place), choice.at(place), candidates(best.size()), name);
    }

    @Override
    public final TrackDistribution distribution(NextTrackRequest request) {
        ScoredTracks best = best(request, exploration.choices());
        return best.size() == 0 ? TrackDistribution.NONE : new ScoredChoice(best, exploration);
    }

    @Override
    public final String reason(NextTrackRequest request, Recommendation chosen) {
        ScoredTracks best = best(request, Exploration.CHOICES);
        for (int place = 0; place < best.size(); place++) {
            if (best.tracks()[place] == chosen.track()) {
                String score = String.format(Locale.ROOT, "%s, %.3f,", scoreName(), best.scores()[place]);
                return place == 0
                        ? "Its " + score + " is the highest of " + scored() + "."
                        : "Exploration chose it: its " + score + " is number " + (place + 1) + " of " + scored() + ".";
            }
        }
        return "";
    }

    /** The name of the score, as a sentence continues "Its …". */
    abstract String scoreName();

    /** The candidates, as a sentence continues "the highest of …". */
    abstract String scored();

    /** Whether the best track may be passed over. */
    final boolean explores() {
        return exploration.choices() > 1;
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
        for (int track : best(request, ranking.capacity()).tracks()) {
            ranking.add(track);
        }
    }
}
