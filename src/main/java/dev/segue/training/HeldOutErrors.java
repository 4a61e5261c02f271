package dev.segue.training;

import dev.segue.listener.ListenerId;
import dev.segue.posterior.SessionData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The squared errors of a session model on held-out sessions, beside those of predictions that need no model. */
final class HeldOutErrors {

    private final double mean;
    private final double[] trackMeans;
    private final Map<ListenerId, Integer> listeners = new HashMap<>();
    private int size;
    private int[] listenerOf = new int[1024];
    private int[] sessionOf = new int[1024];
    private double[] ofModel = new double[1024];
    private double[] ofMean = new double[1024];
    private double[] ofTrackMeans = new double[1024];

    /** @param training what the model and the simple predictions learned from */
    HeldOutErrors(SessionData training) {
        mean = training.meanShare();
        trackMeans = training.trackMeanShares();
    }

    /**
     * Adds a session.
     *
     * @param expected the model's predictions; NaN where there is none
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
        if (size == ofModel.length) {
            int larger = 2 * size;
            listenerOf = Arrays.copyOf(listenerOf, larger);
            sessionOf = Arrays.copyOf(sessionOf, larger);
            ofModel = Arrays.copyOf(ofModel, larger);
            ofMean = Arrays.copyOf(ofMean, larger);
            ofTrackMeans = Arrays.copyOf(ofTrackMeans, larger);
        }
        listenerOf[size] = listener;
        sessionOf[size] = session;
        ofModel[size] = square(share - expected);
        ofMean[size] = square(share - mean);
        ofTrackMeans[size++] = square(share - (Double.isNaN(trackMean) ? mean : trackMean));
    }

    private static double square(double error) {
        return error * error;
    }

    /** How many playbacks were predicted. */
    int size() {
        return size;
    }

    /** The model's mean squared error. */
    double mse() {
        return Baselines.mean(Arrays.copyOf(ofModel, size));
    }

    Verdict verdict() {
        return Verdict.of(
                Arrays.copyOf(listenerOf, size),
                Arrays.copyOf(sessionOf, size),
                Arrays.copyOf(ofModel, size),
                Arrays.copyOf(ofMean, size),
                Arrays.copyOf(ofTrackMeans, size));
    }
}
