package dev.segue.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Estimates the factor γ by which each earlier track of an artist in a session lowers the share played of its next one: the least squares
 * fit of y = a·γᵏ·p to playbacks of tracks that are new in their session, where y is the share played, p the model's prediction, k the
 * number of earlier tracks of the artist, and a a free scale, since the model has learned from discounted shares.
 */
final class ArtistDiscount {

    /** Rows with more earlier tracks of an artist are left out: there are few, and γᵏ is small. */
    private static final int MOST = 32;

    private static final double STEP = 0.005;

    /** Σ p·y and Σ p² by k. */
    private final double[] products = new double[MOST];

    private final double[] squares = new double[MOST];

    /**
     * Adds a playback.
     *
     * @param repeats k, how many tracks of the artist came before in the session
     * @param predicted the model's prediction
     * @param share the share played, 0 to 1
     */
    void add(int repeats, double predicted, double share) {
        if (repeats < MOST) {
            products[repeats] += predicted * share;
            squares[repeats] += predicted * predicted;
        }
    }

    /** γ, 0 to 1 in steps of 0.005; 1 without a suitable playback. */
    double estimate() {
        double best = 1;
        double most = explained(1);
        for (double gamma = 1 - STEP; gamma > STEP / 2; gamma -= STEP) {
            double explained = explained(gamma);
            if (explained > most) {
                most = explained;
                best = gamma;
            }
        }
        return Math.round(best / STEP) * STEP;
    }

    /** By how much the best scale a lowers the sum of squares: (Σ γᵏ·p·y)² / Σ γ²ᵏ·p². */
    private double explained(double gamma) {
        double product = 0;
        double square = 0;
        double power = 1;
        for (int k = 0; k < MOST; k++) {
            product += power * products[k];
            square += power * power * squares[k];
            power *= gamma;
        }
        return square == 0 ? 0 : product * product / square;
    }

    /**
     * How many earlier tracks of its artist each row's track has in the session, the first track included; −1 for a track that was played
     * in the session before, or whose artist is not known.
     *
     * @param artistOf a number for each track's artist; negative if the artist is not known
     */
    static int[] repeats(TrainingRows rows, IntUnaryOperator artistOf) {
        int[] repeats = new int[rows.size()];
        for (int session = 0; session < rows.sessions(); session++) {
            Map<Integer, Integer> playsOfArtist = new HashMap<>();
            Set<Integer> heard = new HashSet<>();
            int begin = rows.begin(session);
            int first = rows.context(begin); // the session's first track, with any context of a row
            heard.add(first);
            playsOfArtist.merge(artistOf.applyAsInt(first), 1, Integer::sum);
            for (int row = begin; row < rows.end(session); row++) {
                int track = rows.track(row);
                int artist = artistOf.applyAsInt(track);
                repeats[row] = artist < 0 || heard.contains(track) ? -1 : playsOfArtist.getOrDefault(artist, 0);
                heard.add(track);
                playsOfArtist.merge(artist, 1, Integer::sum);
            }
        }
        return repeats;
    }
}
