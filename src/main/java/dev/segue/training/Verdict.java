package dev.segue.training;

import dev.segue.analysis.Interval;
import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Sample;
import java.util.Arrays;

/**
 * Compares a model's predictions of the test rows with simple predictions. The comparison is paired: a row's gain is the squared error of
 * the simple prediction minus that of the model. The rows of a listener are correlated, so the units of the confidence interval are
 * listeners, or sessions if the test has fewer than {@value #MIN_LISTENERS} listeners.
 *
 * @param betterThanMean whether the model is significantly better than predicting the mean
 * @param betterThanTrackMeans whether the model is significantly better than predicting each track's mean
 * @param units the units of the intervals
 * @param size number of units
 * @param mean the gain over predicting the mean
 * @param trackMeans the gain over predicting each track's mean
 */
public record Verdict(
        boolean betterThanMean, boolean betterThanTrackMeans, Units units, long size, Gain mean, Gain trackMeans) {

    /** The minimum number of listeners for a reliable interval. */
    private static final int MIN_LISTENERS = 10;

    private static final double ALPHA = 0.05;

    /** The units of an interval. Rows of different units are independent. */
    public enum Units {
        LISTENERS,
        SESSIONS
    }

    /** A model's gain over a simple prediction.
     *
     * @param mse mean squared error of the simple prediction
     * @param gain {@code mse} minus the model's mean squared error
     * @param lower lower end of the gain's 95% confidence interval
     * @param upper upper end of the gain's 95% confidence interval
     */
    public record Gain(double mse, double gain, double lower, double upper) {

        boolean significant() {
            return lower > 0;
        }
    }

    /** Compares squared errors, row by row.
     *
     * @param test the row numbers; for the errors see {@link #of(int[], int[], double[], double[], double[])}
     */
    static Verdict of(TrainingRows rows, int[] test, double[] model, double[] mean, double[] trackMeans) {
        return of(
                Arrays.stream(test).map(rows::listener).toArray(),
                Arrays.stream(test).map(rows::sessionOf).toArray(),
                model,
                mean,
                trackMeans);
    }

    /**
     * Compares squared errors, row by row.
     *
     * @param listeners each row's listener
     * @param sessions each row's session
     * @param model each row's error of the model
     * @param mean each row's error of predicting the mean
     * @param trackMeans each row's error of predicting the track's mean
     */
    static Verdict of(int[] listeners, int[] sessions, double[] model, double[] mean, double[] trackMeans) {
        Units units = Arrays.stream(listeners).distinct().count() >= MIN_LISTENERS ? Units.LISTENERS : Units.SESSIONS;
        int[] unitOfRow = units == Units.LISTENERS ? listeners : sessions;
        Gain overMean = gain(unitOfRow, model, mean);
        Gain overTrackMeans = gain(unitOfRow, model, trackMeans);
        return new Verdict(
                overMean.significant(),
                overTrackMeans.significant(),
                units,
                Arrays.stream(unitOfRow).distinct().count(),
                overMean,
                overTrackMeans);
    }

    /**
     * The gain of one model over another one.
     *
     * @param listeners each row's listener
     * @param sessions each row's session
     * @param model each row's squared error of the model
     * @param other each row's squared error of the other model
     */
    static Gain compare(int[] listeners, int[] sessions, double[] model, double[] other) {
        boolean byListener = Arrays.stream(listeners).distinct().count() >= MIN_LISTENERS;
        return gain(byListener ? listeners : sessions, model, other);
    }

    private static Gain gain(int[] unitOfRow, double[] model, double[] simple) {
        int units = Arrays.stream(unitOfRow).max().orElse(-1) + 1;
        double[] gains = new double[units];
        int[] rows = new int[units];
        for (int i = 0; i < unitOfRow.length; i++) {
            gains[unitOfRow[i]] += simple[i] - model[i];
            rows[unitOfRow[i]]++;
        }
        var ratios = new ListenerRatios();
        for (int unit = 0; unit < units; unit++) {
            if (rows[unit] > 0) {
                ratios.add(gains[unit], rows[unit]);
            }
        }
        Sample gain = ratios.ratioOfSums();
        Interval interval = gain.interval(ALPHA);
        return new Gain(Baselines.mean(simple), gain.mean(), interval.lower(), interval.upper());
    }
}
