package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.training.History.Epoch;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void theFirstOfTiedEpochsIsTheBest() {
        assertEquals(0, of().best());
        assertEquals(2, of(0.4, 0.3, 0.3, 0.5).best());
    }

    @Test
    void trainingStallsAfterThePatience() {
        assertFalse(of(0.4, 0.3, 0.31, 0.32).hasStalled(3));
        assertTrue(of(0.4, 0.3, 0.31, 0.32, 0.33).hasStalled(3));
    }

    @Test
    void theLearningRateFallsAfterEachPlateau() {
        assertEquals(1, of(0.4, 0.3, 0.31, 0.32).nextLearningRate(1, 2));
        assertEquals(0.1, of(0.4, 0.3, 0.31, 0.32, 0.33).nextLearningRate(1, 2));
        assertEquals(0.1, of(0.4, 0.3, 0.31, 0.32, 0.33, 0.33, 0.33).nextLearningRate(1, 2));
        assertEquals(0.01, of(0.4, 0.3, 0.31, 0.32, 0.33, 0.33, 0.33, 0.33).nextLearningRate(1, 2), 1e-15);
        assertEquals(1, of(0.4, 0.41, 0.41, 0.3, 0.31, 0.31).nextLearningRate(1, 2));
    }

    private static History of(double... validation) {
        var history = new History(List.of());
        for (double error : validation) {
            history = history.with(new Epoch(history.epochs().size() + 1, 0, error, 1, 0));
        }
        return history;
    }
}
