package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.random.KeyedRandom;
import org.junit.jupiter.api.Test;

class ListenerRatiosTest {

    private final ListenerRatios ratios = new ListenerRatios();

    @Test
    void ratioOfSumsWeightsTracksAndMeanOfRatiosWeightsListeners() {
        ratios.add(1, 2);
        ratios.add(3, 4);
        ratios.add(8, 12);
        assertEquals(12.0 / 18, ratios.ratioOfSums().mean(), 1e-12);
        assertEquals((0.5 + 0.75 + 8.0 / 12) / 3, ratios.meanOfRatios().mean(), 1e-12);
    }

    @Test
    void varianceIsOfTheListenersDeviationsFromTheRatio() {
        ratios.add(1, 2);
        ratios.add(3, 4);
        ratios.add(8, 12);
        // n − R·d is −1/3, 1/3 and 0: with the mean 0 and the variance 1/9; the mean denominator is 6.
        assertEquals(1.0 / 9 / 36, ratios.ratioOfSums().variance(), 1e-15);
    }

    @Test
    void equalRatiosHaveNoVariance() {
        ratios.add(1, 2);
        ratios.add(2, 4);
        ratios.add(5, 10);
        assertEquals(0, ratios.ratioOfSums().variance(), 1e-15);
    }

    @Test
    void standardErrorMatchesTheSpreadOverSimulations() {
        var estimates = new Moments(1);
        double claimed = 0;
        int runs = 500;
        for (int run = 0; run < runs; run++) {
            var random = new KeyedRandom(2, run, 0, 0);
            var listeners = new ListenerRatios();
            for (int listener = 0; listener < 200; listener++) {
                int tracks = 1 + random.nextInt(20);
                listeners.add(tracks * random.nextDouble(), tracks);
            }
            estimates.add(listeners.ratioOfSums().mean());
            claimed += listeners.ratioOfSums().squaredError() / runs;
        }
        assertEquals(1, claimed / estimates.covariance(0, 0), 0.15);
    }

    @Test
    void listenersWithoutADenominatorHaveNoRatioButCountInTheSums() {
        ratios.add(1, 2);
        ratios.add(0, 0);
        ratios.add(1, 4);
        assertEquals(3, ratios.ratioOfSums().size());
        assertEquals(2, ratios.meanOfRatios().size());
        assertEquals(0.375, ratios.meanOfRatios().mean());
    }

    @Test
    void undefinedRatiosAreRefused() {
        ratios.add(0, 0);
        assertRefused(
                "an arm has 1 listeners with a value; comparing arms takes at least 2 in each", ratios::ratioOfSums);
        ratios.add(0, 0);
        assertRefused("the denominators of all 2 listeners are 0; their ratio is undefined", ratios::ratioOfSums);
        assertRefused("denominator -1.0 is negative", () -> ratios.add(1, -1));
    }
}
