package dev.segue.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Estimates the artist discount γ, the factor of the played share for each earlier track of the same artist in the session: the
 * least-squares fit of y = a·γᵏ·p to playbacks of tracks that are new in their session, where y is the played share, p the model's
 * prediction, k the number of earlier tracks of the artist, and a a free scale, since the model was trained on discounted shares.
 */
final class ArtistDiscount {

    /** Rows with as many or more earlier tracks of an artist are ignored: they are rare, and γᵏ is small. */
    private static final int MAX_REPEATS = 32;

    private static final double STEP = 0.005;

    /** Σ p·y and Σ p² by k. */
    private final double[] products = new double[MAX_REPEATS];

    private final double[] squares = new double[MAX_REPEATS];

    /**
     * Adds a playback.
     *
     * @param repeats k, the number of earlier tracks of the artist in the session
     * @param predicted the model's prediction
     * @param share the played share, 0 to 1
     */
    void add(int repeats, double predicted, double share) {
        if (repeats < MAX_REPEATS) {
            products[repeats] += predicted * share;
            squares[repeats] += predicted * predicted;
        }
    }

    /** The estimate of γ, 0 to 1 in steps of {@value #STEP}; 1 without playbacks. */
    double estimate() {
        double best = 1;
        double highest = explained(1);
        for (double gamma = 1 - STEP; gamma > STEP / 2; gamma -= STEP) {
            double explained = explained(gamma);
            if (explained > highest) {
                highest = explained;
                best = gamma;
            }
        }
        return Math.round(best / STEP) * STEP;
    }

    /** The reduction of the sum of squares by the best scale a: (Σ γᵏ·p·y)² / Σ γ²ᵏ·p². */
    private double explained(double gamma) {
        double product = 0;
        double square = 0;
        double power = 1;
        for (int k = 0; k < MAX_REPEATS; k++) {
            product += power * products[k];
            square += power * power * squares[k];
            power *= gamma;
        }
        return square == 0 ? 0 : product * product / square;
    }

    /** For each row, the number of earlier tracks of its artist in the session, including the first track; −1 for repeated tracks and
     * tracks of unknown artists.
     *
     * @param artistOf returns the number of a track's artist; negative if the artist is unknown
     */
    static int[] repeats(TrainingRows rows, IntUnaryOperator artistOf) {
        int[] repeats = new int[rows.size()];
        for (int session = 0; session < rows.sessions(); session++) {
            Map<Integer, Integer> playsOfArtist = new HashMap<>();
            Set<Integer> played = new HashSet<>();
            int start = rows.start(session);
            int first = rows.context(start); // the session's first track with both kinds of context
            played.add(first);
            playsOfArtist.merge(artistOf.applyAsInt(first), 1, Integer::sum);
            for (int row = start; row < rows.end(session); row++) {
                int track = rows.track(row);
                int artist = artistOf.applyAsInt(track);
                repeats[row] = artist < 0 || played.contains(track) ? -1 : playsOfArtist.getOrDefault(artist, 0);
                played.add(track);
                playsOfArtist.merge(artist, 1, Integer::sum);
            }
        }
        return repeats;
    }
}
