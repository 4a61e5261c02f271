package dev.segue.cli;

import dev.segue.training.Verdict;
import dev.segue.training.Verdict.Gain;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints the test results of a trained model. */
final class VerdictText {

    private VerdictText() {}

    /** The comparisons with the mean and with each track's mean, one per line. */
    static String comparisons(String model, Verdict verdict) {
        return comparison(
                        model + (verdict.betterThanMean() ? " is better" : " is not better") + " than always the mean",
                        verdict.mean(),
                        verdict)
                + comparison(
                        model + (verdict.betterThanTrackMeans() ? " is better" : " is not better")
                                + " than each track's mean",
                        verdict.trackMeans(),
                        verdict);
    }

    private static String comparison(String sentence, Gain gain, Verdict verdict) {
        return String.format(Locale.ROOT, "%s: %s%n", sentence, gain(gain, verdict));
    }

    /** The gain of a model over the mean. */
    static String gain(Verdict verdict) {
        return gain(verdict.mean(), verdict);
    }

    private static String gain(Gain gain, Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "gain %.5f [%.5f, %.5f] in mean squared error, 95%% interval over %,d %s",
                gain.gain(),
                gain.lower(),
                gain.upper(),
                verdict.size(),
                verdict.units().name().toLowerCase(Locale.ROOT));
    }

    /** The heading of a table of errors. */
    static void printHeading(long rows, PrintWriter output) {
        output.printf(Locale.ROOT, "%-22s %10s %10s%n", "on " + rows + " test rows", "MSE", "RMSE");
    }

    /** A prediction's row in a table of errors. */
    static void printError(String prediction, double mse, PrintWriter output) {
        output.printf(Locale.ROOT, "%-22s %10.5f %10.5f%n", prediction, mse, Math.sqrt(mse));
    }

    /** Prints a row as JSON or CSV. */
    static void printRow(Map<String, @Nullable Object> row, OutputFormat format, PrintWriter output) {
        if (format == OutputFormat.CSV) {
            TableWriter.printCsv(List.of(row), output);
        } else {
            TableWriter.printJson(row, output);
        }
    }

    /** Adds a verdict's figures to a row. */
    static void put(Verdict verdict, Map<String, @Nullable Object> row) {
        row.put("better_than_mean", verdict.betterThanMean());
        row.put("mean_gain", verdict.mean().gain());
        row.put("mean_gain_lower", verdict.mean().lower());
        row.put("mean_gain_upper", verdict.mean().upper());
        row.put("better_than_track_mean", verdict.betterThanTrackMeans());
        row.put("track_mean_gain", verdict.trackMeans().gain());
        row.put("track_mean_gain_lower", verdict.trackMeans().lower());
        row.put("track_mean_gain_upper", verdict.trackMeans().upper());
    }
}
