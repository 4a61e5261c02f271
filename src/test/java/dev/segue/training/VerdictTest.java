package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.training.Verdict.Gain;
import dev.segue.training.Verdict.Units;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final int ROWS_PER_SESSION = 4;

    private final Random random = new Random(5);

    private static TrainingRows rows(int listeners, int sessionsPerListener) {
        var rows = new TrainingRows();
        for (int session = 0; session < listeners * sessionsPerListener; session++) {
            for (int i = 0; i < ROWS_PER_SESSION; i++) {
                rows.add(ListenerId.of(session % listeners), 0, 1, 0.5);
            }
            rows.endSession();
        }
        return rows;
    }

    private static Verdict verdict(TrainingRows rows, double[] model, double[] simple) {
        return Verdict.of(rows, IntStream.range(0, rows.size()).toArray(), model, simple, simple);
    }

    /** Gains of 1 and 3 in two units of equal size: mean 2, standard error 1, Student's t with one degree of freedom. */
    @Test
    void theIntervalIsStudentsOverUnits() {
        TrainingRows rows = rows(1, 2);
        double[] simple = {1, 1, 1, 1, 3, 3, 3, 3};
        Verdict verdict = verdict(rows, new double[8], simple);
        assertEquals(Units.SESSIONS, verdict.units());
        assertEquals(2, verdict.size());
        Gain gain = verdict.mean();
        assertEquals(2, gain.mse(), 1e-12);
        assertEquals(2, gain.gain(), 1e-12);
        assertEquals(2 - 12.706_204_736, gain.lower(), 1e-6);
        assertEquals(2 + 12.706_204_736, gain.upper(), 1e-6);
        assertFalse(verdict.betterThanMean());
    }

    @Test
    void aConstantGainIsSignificantAndALossIsNot() {
        TrainingRows rows = rows(20, 3);
        double[] half = new double[rows.size()];
        Arrays.fill(half, 0.5);
        assertTrue(verdict(rows, new double[rows.size()], half).betterThanMean());
        assertFalse(verdict(rows, half, new double[rows.size()]).betterThanMean());
        assertFalse(verdict(rows, half, half).betterThanMean());
    }

    @Test
    void theUnitsAreListenersIfThereAreTen() {
        assertEquals(Units.SESSIONS, noise(rows(9, 5)).units());
        Verdict ten = noise(rows(10, 5));
        assertEquals(Units.LISTENERS, ten.units());
        assertEquals(10, ten.size());
    }

    private Verdict noise(TrainingRows rows) {
        return verdict(
                rows,
                random.doubles(rows.size()).toArray(),
                random.doubles(rows.size()).toArray());
    }

    /** All rows of a listener have the same gain, so there are as many independent values as listeners. */
    @Test
    void theRowsOfAListenerAreNotIndependent() {
        TrainingRows rows = rows(40, 10);
        int wrong = 0;
        for (int experiment = 0; experiment < 1000; experiment++) {
            double[] ofListener = random.doubles(40, -1, 1).toArray();
            double[] simple = IntStream.range(0, rows.size())
                    .mapToDouble(row -> 1 + ofListener[rows.listener(row)])
                    .toArray();
            double[] model = new double[rows.size()];
            Arrays.fill(model, 1);
            wrong += verdict(rows, model, simple).betterThanMean() ? 1 : 0;
        }
        assertTrue(wrong < 45, "expected about 2.5% of 1,000, got " + wrong);
    }

    @Test
    void comparesWithBothSimplePredictions() {
        TrainingRows rows = rows(20, 3);
        double[] model = new double[rows.size()];
        double[] mean = new double[rows.size()];
        Arrays.fill(model, 0.3);
        Arrays.fill(mean, 0.5);
        Verdict verdict =
                Verdict.of(rows, IntStream.range(0, rows.size()).toArray(), model, mean, new double[rows.size()]);
        assertTrue(verdict.betterThanMean());
        assertFalse(verdict.betterThanTrackMeans());
        assertEquals(0.2, verdict.mean().gain(), 1e-12);
        assertEquals(-0.3, verdict.trackMeans().gain(), 1e-12);
    }
}
