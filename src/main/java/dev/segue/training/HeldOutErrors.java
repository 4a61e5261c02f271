package dev.segue.training;

import dev.segue.id.ListenerId;
import dev.segue.posterior.SessionData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The squared errors of a session model and of simple predictions on held-out sessions. */
final class HeldOutErrors {

    private final double mean;
    private final double[] trackMeans;
    private final Map<ListenerId, Integer> listeners = new HashMap<>();
    private int size;
    private int[] listenerOf = new int[1024];
    private int[] sessionOf = new int[1024];
    private double[] modelErrors = new double[1024];
    private double[] meanErrors = new double[1024];
    private double[] trackMeanErrors = new double[1024];

    /** @param training the training data of the model and of the simple predictions */
    HeldOutErrors(SessionData training) {
        mean = training.meanShare();
        trackMeans = training.trackMeanShares();
    }

    /**
     * Adds a session.
     *
     * @param expected the model's prediction for each playback; NaN for none
     */
    void add(ListeningSessions.HeldOut session, double[] expected) {
        int listener = listeners.computeIfAbsent(session.listener(), id -> listeners.size());
        for (int i = 0; i < expected.length; i++) {
            if (!Double.isNaN(expected[i])) {
                double share = session.shares()[i];
                double trackMean = trackMeans[session.played()[i]];
                add(listener, Math.toIntExact(session.number()), share, expected[i], trackMean);
            }
        }
    }

    private void add(int listener, int session, double share, double expected, double trackMean) {
        if (size == modelErrors.length) {
            int newLength = 2 * size;
            listenerOf = Arrays.copyOf(listenerOf, newLength);
            sessionOf = Arrays.copyOf(sessionOf, newLength);
            modelErrors = Arrays.copyOf(modelErrors, newLength);
            meanErrors = Arrays.copyOf(meanErrors, newLength);
            trackMeanErrors = Arrays.copyOf(trackMeanErrors, newLength);
        }
        listenerOf[size] = listener;
        sessionOf[size] = session;
        modelErrors[size] = square(share - expected);
        meanErrors[size] = square(share - mean);
        trackMeanErrors[size++] = square(share - (Double.isNaN(trackMean) ? mean : trackMean));
    }

    private static double square(double error) {
        return error * error;
    }

    /** The number of predicted playbacks. */
    int size() {
        return size;
    }

    /** The model's mean squared error. */
    double mse() {
        return Baselines.mean(Arrays.copyOf(modelErrors, size));
    }

    Verdict verdict() {
        return Verdict.of(
                Arrays.copyOf(listenerOf, size),
                Arrays.copyOf(sessionOf, size),
                Arrays.copyOf(modelErrors, size),
                Arrays.copyOf(meanErrors, size),
                Arrays.copyOf(trackMeanErrors, size));
    }
}
