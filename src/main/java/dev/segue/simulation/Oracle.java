package dev.segue.simulation;

import dev.segue.matrix.IntMatrix;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A greedy recommender that uses the listener's parameters, the session's interest and the true embeddings: it chooses the
 * track with the largest expected time, artist discount included. Its time per session is the reference for {@code percent of
 * oracle} and {@code regret}.
 *
 * <p>The search is exact. Discounts only lower a time, so tracks are tried in descending order of affinity to the interest,
 * until a track's undiscounted time is not above the best time found.
 */
public final class Oracle {

    /** Tracks that are ranked for each interest; a search that exhausts them scans all tracks. */
    private static final int RANKED_TRACKS = 256;

    /** Bound for the rounding error of the ranking's single-precision products; appeals are computed in double precision. */
    private static final double AFFINITY_ERROR = 1e-3;

    private final ListenerModel model;
    private final Map<Integer, Integer> interestRows = new HashMap<>();
    private final IntMatrix ranked;

    /** Ranks the tracks for all interests, in one blocked matrix product over all cores. */
    public Oracle(ListenerModel model) {
        this(model, RANKED_TRACKS);
    }

    Oracle(ListenerModel model, int depth) {
        this.model = model;
        int[] interests = model.interests();
        for (int row = 0; row < interests.length; row++) {
            interestRows.put(interests[row], row);
        }
        ranked = model.nearestReleased(interests, depth);
    }

    /**
     * Plays a session to its end.
     *
     * @param stop true to end early
     * @return its total time
     */
    public double play(ListeningSession session, BooleanSupplier stop) {
        while (!session.isOver() && !stop.getAsBoolean()) {
            session.play(next(session));
        }
        return session.totalTime();
    }

    /** The track with the largest expected time in a session. */
    public int next(ListeningSession session) {
        int row = interestRows.getOrDefault(session.interest(), -1);
        int best = -1;
        double bestTime = -1;
        for (int i = 0; i < ranked.columns(); i++) {
            int track = ranked.get(row, i);
            double affinity = model.affinity(session.interest(), track);
            if (model.appeal(session.listener(), affinity + AFFINITY_ERROR) <= bestTime) {
                return best;
            }
            double time = session.discounted(track, model.appeal(session.listener(), affinity));
            if (time > bestTime) {
                bestTime = time;
                best = track;
            }
        }
        return ranked.columns() == model.releasedTracks() ? best : bestOfAll(session);
    }

    private int bestOfAll(ListeningSession session) {
        int best = 0;
        double bestTime = -1;
        for (int track = 0; track < model.tracks(); track++) {
            double time = session.expectedTime(track);
            if (time > bestTime) {
                bestTime = time;
                best = track;
            }
        }
        return best;
    }
}
