package dev.segue.training;

import dev.segue.training.History.Epoch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a model and of its training, {@code model.json}.
 *
 * @param format version of the file format
 * @param settings the training settings
 * @param tracks number of tracks in the catalog
 * @param listeners number of listeners in the log
 * @param data the training data
 * @param metrics errors on the test rows
 * @param verdict the comparison with simple predictions; null in models of older versions
 * @param artistDiscount the factor of the played share for each earlier track of the same artist in the session, 0 to 1; null in models
 *     of older versions
 * @param epochs the epochs of the training
 * @param bestEpoch number of the epoch whose weights the model has
 * @param seconds sum of the epochs' durations, in seconds
 * @param rowsPerSecond median of the epochs' training rows per second
 * @param versions versions of the software
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

    /** The current version of the file format. */
    public static final int FORMAT = 1;

    public ModelDescription {
        epochs = List.copyOf(epochs);
    }

    /** The data of a training.
     *
     * @param fingerprint checksum of all rows
     * @param sessions number of sessions
     * @param trainingRows number of training rows
     * @param validationRows number of validation rows, for early stopping
     * @param testRows number of test rows, for the metrics
     */
    public record Data(String fingerprint, int sessions, int trainingRows, int validationRows, int testRows) {}

    /** Mean squared errors on the test rows, of times from 0 to 1.
     *
     * @param mse error of the model
     * @param meanMse error of predicting the training rows' mean
     * @param randomMse error of predicting the time of a random training row
     */
    public record Metrics(double mse, double meanMse, double randomMse) {

        /** The coefficient of determination R², up to 1: the share of the mean predictor's error that the model removes. */
        public double explained() {
            return 1 - mse / meanMse;
        }
    }

    /** The versions of the software and the platform of a training. */
    public record Versions(String segue, String djl, String java, String platform) {}
}
