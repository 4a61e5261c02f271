package dev.segue.training;

import dev.segue.random.KeyedRandom;

/** Predictions that need no model: a model is worth something if it is better than they are. All learn from the training rows. */
final class Baselines {

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -13;

    private final TrainingRows rows;
    private final TrainValidationTestSplit split;
    private final int tracks;

    /** @param tracks how many tracks the catalog has */
    Baselines(TrainingRows rows, TrainValidationTestSplit split, int tracks) {
        this.rows = rows;
        this.split = split;
        this.tracks = tracks;
    }

    /** A time for a test row. */
    private interface Prediction {
        double of(int row);
    }

    /** The test rows' squared errors of always predicting the mean. */
    double[] mean() {
        double mean = meanTime();
        return squaredErrors(row -> mean);
    }

    /** The test rows' squared errors of predicting the mean of the row's track; the mean of all for a track without training rows. */
    double[] trackMeans() {
        double mean = meanTime();
        double[] sums = new double[tracks];
        int[] counts = new int[tracks];
        for (int row : split.training()) {
            sums[rows.track(row)] += rows.time(row);
            counts[rows.track(row)]++;
        }
        return squaredErrors(row -> {
            int track = rows.track(row);
            return counts[track] == 0 ? mean : sums[track] / counts[track];
        });
    }

    /** The test rows' squared errors of predicting the time of a training row that is drawn anew for each. */
    double[] random(long seed) {
        var random = new KeyedRandom(seed, DRAW, 0, 0);
        int[] training = split.training();
        return squaredErrors(row -> rows.time(training[random.nextInt(training.length)]));
    }

    private double meanTime() {
        double sum = 0;
        for (int row : split.training()) {
            sum += rows.time(row);
        }
        return sum / split.training().length;
    }

    private double[] squaredErrors(Prediction prediction) {
        double[] errors = new double[split.test().length];
        for (int i = 0; i < errors.length; i++) {
            int row = split.test()[i];
            double error = rows.time(row) - prediction.of(row);
            errors[i] = error * error;
        }
        return errors;
    }

    /** The mean of some rows' errors. */
    static double mean(double[] errors) {
        double sum = 0;
        for (double error : errors) {
            sum += error;
        }
        return sum / errors.length;
    }
}
