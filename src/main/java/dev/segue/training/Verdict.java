package dev.segue.training;

import dev.segue.analysis.Interval;
import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Sample;
import java.util.Arrays;

/**
 * Whether a model predicts the test rows better than what needs no model. The comparison is paired: of each row, the squared error of
 * the simple prediction less that of the model. The rows of one listener are alike, so that listeners are the units of the
 * confidence interval; in a test of few listeners, sessions are.
 *
 * @param betterThanMean whether the model is significantly better than always predicting the mean
 * @param betterThanTrackMeans whether it is significantly better than predicting each track's own mean
 * @param units what the intervals' units are
 * @param size how many units there are
 * @param mean the model beside always predicting the mean
 * @param trackMeans the model beside predicting each track's own mean
 */
public record Verdict(
        boolean betterThanMean, boolean betterThanTrackMeans, Units units, long size, Gain mean, Gain trackMeans) {

    /** An interval of fewer listeners would be a guess. */
    private static final int FEWEST_LISTENERS = 10;

    private static final double ALPHA = 0.05;

    /** The units of an interval: rows of different ones are independent. */
    public enum Units {
        LISTENERS,
        SESSIONS
    }

    /**
     * By how much a model is better than a simple prediction.
     *
     * @param mse the simple prediction's mean squared error
     * @param gain by how much the model's is smaller
     * @param lower lower end of the gain's 95% confidence interval
     * @param upper upper end
     */
    public record Gain(double mse, double gain, double lower, double upper) {

        boolean significant() {
            return lower > 0;
        }
    }

    /**
     * Compares squared errors of some rows.
     *
     * @param test the rows; the other arguments as in {@link #of(int[], int[], double[], double[], double[])}
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
     * @param model the model's errors
     * @param mean those of always predicting the mean
     * @param trackMeans those of predicting each track's own mean
     */
    static Verdict of(int[] listeners, int[] sessions, double[] model, double[] mean, double[] trackMeans) {
        Units units =
                Arrays.stream(listeners).distinct().count() >= FEWEST_LISTENERS ? Units.LISTENERS : Units.SESSIONS;
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
