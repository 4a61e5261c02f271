package dev.segue.recommend;

import dev.segue.play.Recommendation;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Recommends the track with the highest score, or another of the best tracks by an {@link Exploration}. */
abstract class ScoringRecommender implements Recommender {

    private final String name;
    private final Exploration exploration;

    ScoringRecommender(String name, Exploration exploration) {
        this.name = name;
        this.exploration = exploration;
    }

    /** The best of the tracks that may be recommended, best first.
     *
     * @param count number of tracks needed, ≥ 1
     * @return fewer tracks if there are no more; may be more
     */
    abstract ScoredTracks best(NextTrackRequest request, int count);

    /** The number of tracks that the recommendation was chosen from.
     *
     * @param scoredCount number of tracks that {@link #best} returned
     */
    int candidateCount(int scoredCount) {
        return scoredCount;
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
        return Recommendation.of(choice.trackAt(place), choice.probabilityAt(place), candidateCount(best.size()), name);
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
                        ? "Its " + score + " is the highest of " + candidateName() + "."
                        : "It was chosen by exploration. Its " + score + " is number " + (place + 1) + " of "
                                + candidateName() + ".";
            }
        }
        return "";
    }

    /** The name of the score, to follow "Its" in a sentence. */
    abstract String scoreName();

    /** The name of the candidates, to follow "the highest of" in a sentence. */
    abstract String candidateName();

    /** Whether another than the best track may be recommended. */
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
