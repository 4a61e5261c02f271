package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.segue.id.ListenerId;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    /** Training rows: track 1 with times 0 and 0.5, track 2 with time 1. Test rows: tracks 1, 2 and 3 with time 1. */
    private static double[][] errors() {
        var rows = new TrainingRows();
        int[] tracks = {1, 1, 2, 1, 2, 3};
        double[] times = {0, 0.5, 1, 1, 1, 1};
        for (int row = 0; row < tracks.length; row++) {
            rows.add(ListenerId.of(1), 0, tracks[row], times[row]);
            rows.endSession();
        }
        var baselines = new Baselines(
                rows, new TrainValidationTestSplit(new int[] {0, 1, 2}, new int[0], new int[] {3, 4, 5}), 4);
        return new double[][] {baselines.mean(), baselines.trackMeans()};
    }

    @Test
    void predictsTheMeanOfTheTrainingRows() {
        assertArrayEquals(new double[] {0.25, 0.25, 0.25}, errors()[0], 1e-12);
    }

    @Test
    void predictsTheTracksMeanOrElseTheOverallMean() {
        assertArrayEquals(new double[] {0.75 * 0.75, 0, 0.25}, errors()[1], 1e-12);
    }
}
