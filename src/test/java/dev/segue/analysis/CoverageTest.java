package dev.segue.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the coverage of intervals of the relative effect in 2,000 simulated experiments. */
class CoverageTest {

    private static final int RUNS = 2000;
    private static final double ALPHA = 0.05;

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0, 0.1, 0.77})
    void fiellersIntervalHasTheNominalCoverage(double lift) {
        assertEquals(0.95, coverage(IntervalMethod.FIELLER, lift), 0.015);
    }

    @Test
    void seedsIntervalUndercoversGainsAndOvercoversLosses() {
        assertTrue(coverage(IntervalMethod.SEED, 0.77) < 0.92);
        assertTrue(coverage(IntervalMethod.SEED, -0.47) > 0.975);
        assertEquals(0.95, coverage(IntervalMethod.SEED, 0), 0.015);
    }

    /** Returns the share of the experiments whose interval contains the lift. */
    private static double coverage(IntervalMethod method, double lift) {
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            var random = new KeyedRandom(9, run, 0, 0);
            Moments control = new Moments(1);
            Moments treatment = new Moments(1);
            for (int listener = 0; listener < 150; listener++) {
                control.add(value(random));
                treatment.add((1 + lift) * value(random));
            }
            Sample controlSample = control.sample(0);
            Sample treatmentSample = treatment.sample(0);
            double q = Difference.welch(controlSample, treatmentSample, ALPHA).criticalValue();
            covered +=
                    method.relativeInterval(controlSample, treatmentSample, q).contains(lift) ? 1 : 0;
        }
        return (double) covered / RUNS;
    }

    /** Returns a sum of three exponential variables, which is skewed like times per session. */
    private static double value(KeyedRandom random) {
        return -Math.log((1 - random.nextDouble()) * (1 - random.nextDouble()) * (1 - random.nextDouble()));
    }
}
