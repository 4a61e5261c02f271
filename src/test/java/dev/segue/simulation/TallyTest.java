package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void listenersHaveEqualWeightForAnyNumberOfSessions() {
        var tally = new Tally(4);
        tally.add(0, 4, 2);
        tally.add(0, 8, 4);
        tally.add(2, 10, 6);
        // Per listener 3 and 6 track lengths; variance ((−1.5)² + 1.5²)/1 = 4.5; standard error √(4.5/2) = 1.5.
        assertEquals(new Estimate(2, 4.5, 1.5), tally.mean(tally::timePerSession));
        assertEquals(new Estimate(2, 8, 2), tally.mean(tally::tracksPerSession));
        assertEquals(3, tally.sessions());
    }

    @Test
    void oneListenerHasNoStandardError() {
        var tally = new Tally(3);
        tally.add(1, 6, 1.23);
        Estimate mean = tally.mean(tally::timePerSession);
        assertEquals(1.23, mean.mean());
        assertTrue(Double.isNaN(mean.standardError()));
    }

    @Test
    void pairingRemovesTheVarianceBetweenListeners() {
        var control = new Tally(2);
        var treatment = new Tally(2);
        control.add(0, 6, 2);
        treatment.add(0, 7, 3);
        control.add(1, 12, 8);
        treatment.add(1, 15, 11);
        PairedComparison comparison = PairedComparison.of(treatment, control);
        // Differences 1 and 3: mean 2, variance of the mean 2/2 = 1. Unpaired: 32/2 + 18/2 = 25.
        assertEquals(new Estimate(2, 2, 1), comparison.difference());
        assertEquals(1, comparison.pairedVariance(), 1e-12);
        assertEquals(25, comparison.unpairedVariance(), 1e-12);
        assertEquals(24 * 4, comparison.sessionsSaved());
    }
}
