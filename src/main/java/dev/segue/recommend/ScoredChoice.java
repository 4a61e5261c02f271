package dev.segue.recommend;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** The distribution of a choice among the best tracks by an {@link Exploration}. */
final class ScoredChoice implements TrackDistribution {

    private final int[] tracks;
    private final double[] probabilities;
    private final Exploration exploration;

    /** Computes the probabilities.
     *
     * @param best at least one track; only the first {@link Exploration#choices} of them can be chosen
     */
    ScoredChoice(ScoredTracks best, Exploration exploration) {
        this.exploration = exploration;
        int count = Math.min(exploration.choices(), best.size());
        tracks = Arrays.copyOf(best.tracks(), count);
        probabilities = exploration.temperature() > 0
                ? softmax(best.scores(), count, exploration.temperature())
                : certainty(count);
        for (int place = 0; place < count; place++) {
            probabilities[place] = exploration.epsilon() / count + (1 - exploration.epsilon()) * probabilities[place];
        }
    }

    /** The probabilities of the greedy choice. */
    private static double[] certainty(int count) {
        double[] probabilities = new double[count];
        probabilities[0] = 1;
        return probabilities;
    }

    private static double[] softmax(double[] scores, int count, double temperature) {
        double[] weights = new double[count];
        Arrays.setAll(weights, place -> Math.exp((scores[place] - scores[0]) / temperature));
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, place -> weights[place] / sum);
        return weights;
    }

    /** Draws a place of the ranking, 0 for the best track. Does not use the stream if there is no exploration. */
    int draw(RandomGenerator random) {
        if (exploration.temperature() > 0) {
            return drawByProbability(random.nextDouble());
        }
        boolean explores = exploration.epsilon() > 0 && random.nextDouble() < exploration.epsilon();
        return explores ? random.nextInt(tracks.length) : 0;
    }

    private int drawByProbability(double uniform) {
        double remaining = uniform;
        for (int place = 0; place < tracks.length - 1; place++) {
            remaining -= probabilities[place];
            if (remaining < 0) {
                return place;
            }
        }
        return tracks.length - 1;
    }

    /** The track at a place of the ranking. */
    int trackAt(int place) {
        return tracks[place];
    }

    /** The probability of the track at a place of the ranking. */
    double probabilityAt(int place) {
        return probabilities[place];
    }

    @Override
    public double probability(int track) {
        for (int place = 0; place < tracks.length; place++) {
            if (tracks[place] == track) {
                return probabilities[place];
            }
        }
        return 0;
    }

    @Override
    public double mean(IntToDoubleFunction value) {
        double sum = 0;
        for (int place = 0; place < tracks.length; place++) {
            if (probabilities[place] > 0) {
                sum += probabilities[place] * value.applyAsDouble(tracks[place]);
            }
        }
        return sum;
    }
}
