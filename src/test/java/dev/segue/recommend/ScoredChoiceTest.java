package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.random.KeyedRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoredChoiceTest {

    private static final ScoredTracks BEST = new ScoredTracks(new int[] {7, 3, 5}, new double[] {0.9, 0.8, 0.4});

    private static double[] probabilities(double epsilon, double temperature) {
        var choice = new ScoredChoice(BEST, new Exploration(epsilon, temperature));
        return Arrays.stream(BEST.tracks()).mapToDouble(choice::probability).toArray();
    }

    @Test
    void withoutExplorationTheBestTrackHasProbabilityOne() {
        assertArrayEquals(new double[] {1, 0, 0}, probabilities(0, 0));
    }

    @Test
    void epsilonIsSharedAmongTheBest() {
        assertArrayEquals(new double[] {0.8, 0.1, 0.1}, probabilities(0.3, 0), 1e-15);
    }

    /** Softmax weights exp(0), exp(−1) and exp(−5): scores 0, 0.1 and 0.5 below the best at temperature 0.1. */
    @Test
    void temperatureGivesASoftmaxOverScores() {
        double sum = 1 + Math.exp(-1) + Math.exp(-5);
        assertArrayEquals(new double[] {1 / sum, Math.exp(-1) / sum, Math.exp(-5) / sum}, probabilities(0, 0.1), 1e-12);
        assertArrayEquals(
                new double[] {0.1 + 0.7 / sum, 0.1 + 0.7 * Math.exp(-1) / sum, 0.1 + 0.7 * Math.exp(-5) / sum},
                probabilities(0.3, 0.1),
                1e-12);
    }

    @Test
    void aLowTemperatureIsGreedyAndAHighOneUniform() {
        assertArrayEquals(new double[] {1, 0, 0}, probabilities(0, 1e-4), 1e-12);
        assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, probabilities(0, 1e9), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0", "0, 0.2", "0.5, 0.1"})
    void drawsWithItsProbabilities(double epsilon, double temperature) {
        var choice = new ScoredChoice(BEST, new Exploration(epsilon, temperature));
        int draws = 100_000;
        int[] counts = new int[BEST.size()];
        var random = new KeyedRandom(1, 2, 3, 4);
        for (int draw = 0; draw < draws; draw++) {
            counts[choice.draw(random)]++;
        }
        for (int place = 0; place < counts.length; place++) {
            double p = choice.probabilityAt(place);
            assertEquals(draws * p, counts[place], 6 * Math.sqrt(draws * p * (1 - p)), "place " + place);
        }
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0", "1.1, 0", "NaN, 0", "0, -1", "0, NaN", "0, Infinity"})
    void anExplorationOutOfRangeIsRejected(double epsilon, double temperature) {
        assertThrows(IllegalArgumentException.class, () -> new Exploration(epsilon, temperature));
    }
}
