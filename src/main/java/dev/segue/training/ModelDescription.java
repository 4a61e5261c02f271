package dev.segue.training;

import dev.segue.training.History.Epoch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A description of a model and of its training: {@code model.json}.
 *
 * @param format version of this description
 * @param settings how it was trained
 * @param tracks how many tracks the catalog had
 * @param listeners how many listeners the log had
 * @param data what it was trained on
 * @param metrics how good it is
 * @param verdict whether it is better than predictions that need no model; absent from models of older versions
 * @param artistDiscount the factor by which each earlier track of an artist in a session lowers the share played of its next one, 0 to
 *     1; absent from models of older versions
 * @param epochs the epochs
 * @param bestEpoch the one whose weights these are
 * @param seconds how long all of it took, over restarts the epochs' time alone
 * @param rowsPerSecond training rows a second in an epoch, the median
 * @param versions of what made it
 */
public record ModelDescription(
        int format,
        TrainingSettings settings,
        int tracks,
        int listeners,
        Data data,
        Metrics metrics,
        @Nullable Verdict verdict,
        @Nullable Double artistDiscount,
        List<Epoch> epochs,
        int bestEpoch,
        double seconds,
        double rowsPerSecond,
        Versions versions) {

    /** The format that this Segue writes. */
    public static final int FORMAT = 1;

    public ModelDescription {
        epochs = List.copyOf(epochs);
    }

    /**
     * The data that a model learned from.
     *
     * @param fingerprint of all rows
     * @param sessions how many sessions
     * @param trainingRows rows to learn from
     * @param validationRows rows by which the last epoch was chosen
     * @param testRows rows that the metrics are of
     */
    public record Data(String fingerprint, int sessions, int trainingRows, int validationRows, int testRows) {}

    /**
     * Mean squared errors on the test rows, of times from 0 to 1.
     *
     * @param mse the model's
     * @param meanMse of always predicting the training rows' mean
     * @param randomMse of predicting, for each row, the time of a training row drawn at random
     */
    public record Metrics(double mse, double meanMse, double randomMse) {

        /** The share of the mean predictor's error that the model explains, up to 1. */
        public double explained() {
            return 1 - mse / meanMse;
        }
    }

    /** Versions. */
    public record Versions(String segue, String djl, String java, String platform) {}
}
