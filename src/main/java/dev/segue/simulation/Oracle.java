package dev.segue.simulation;

import dev.segue.matrix.IntMatrix;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Knows what nobody else may: the listener, what the session is about, and the truth about the tracks. Chooses greedily the
 * track with the largest expected time, artist discount included: an upper mark for what a recommender can reach one step
 * at a time.
 *
 * <p>Exact and fast, since discounts only ever lower a time: tracks are tried by falling affinity to the interest, and the
 * search ends at the first one that could not beat the best so far even undiscounted.
 */
public final class Oracle {

    /** How many tracks of an interest are kept in order; the few searches that want more look at all tracks. */
    private static final int RANKED = 256;

    /** The order is that of single-precision products, an appeal is computed in double precision. */
    private static final double AFFINITY_ERROR = 1e-3;

    private final ListenerModel model;
    private final Map<Integer, Integer> rows = new HashMap<>();
    private final IntMatrix ranked;

    /** Ranks the tracks for all interests, once, in one blocked matrix product over all cores. */
    public Oracle(ListenerModel model) {
        this(model, RANKED);
    }

    Oracle(ListenerModel model, int depth) {
        this.model = model;
        int[] interests = model.interests();
        for (int row = 0; row < interests.length; row++) {
            rows.put(interests[row], row);
        }
        ranked = model.nearestReleased(interests, depth);
    }

    /**
     * Plays a session to its end.
     *
     * @param stop tells when to end early
     * @return its total time
     */
    public double play(ListeningSession session, BooleanSupplier stop) {
        while (!session.isOver() && !stop.getAsBoolean()) {
            session.play(next(session));
        }
        return session.totalTime();
    }

    /** The best track to play next; the smallest id among equals only where their affinities differ by rounding. */
    public int next(ListeningSession session) {
        int row = rows.getOrDefault(session.interest(), -1);
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
