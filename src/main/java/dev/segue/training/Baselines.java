package dev.segue.training;

import dev.segue.random.KeyedRandom;

/** The errors of simple predictions from the training rows, which a model must beat to be useful. */
final class Baselines {

    /** The key of this class's random streams. */
    private static final long STREAM = -13;

    private final TrainingRows rows;
    private final TrainValidationTestSplit split;
    private final int tracks;

    /** @param tracks the number of tracks in the catalog */
    Baselines(TrainingRows rows, TrainValidationTestSplit split, int tracks) {
        this.rows = rows;
        this.split = split;
        this.tracks = tracks;
    }

    /** Predicts the time of a test row. */
    private interface Prediction {
        double of(int row);
    }

    /** The squared error of each test row if the mean is predicted. */
    double[] mean() {
        double mean = meanTime();
        return squaredErrors(row -> mean);
    }

    /** The squared error of each test row if the mean of its track is predicted; the overall mean for tracks without training rows. */
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

    /** The squared error of each test row if the time of a random training row is predicted. */
    double[] random(long seed) {
        var random = new KeyedRandom(seed, STREAM, 0, 0);
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

    /** The mean of errors. */
    static double mean(double[] errors) {
        double sum = 0;
        for (double error : errors) {
            sum += error;
        }
        return sum / errors.length;
    }
}
