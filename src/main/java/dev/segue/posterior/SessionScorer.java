package dev.segue.posterior;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Ranks tracks by a session model, given the session so far. Immutable. */
public final class SessionScorer {

    private static final Ranked NONE = new Ranked(new int[0], new double[0]);
    private static final int[] NO_UNITS = {};

    private final SessionModel model;
    private final TrackRows rows;
    private final Map<Long, Integer> listeners = new HashMap<>();
    private final double[] powers;
    private final int[][] unitsOf;
    private final TrackScores scores;

    /** Ranks by a session model.
     *
     * @param rows the tracks of the model's rows
     * @param listeners the ids of the model's listeners
     * @param allowed accepts the tracks that may be recommended
     */
    public SessionScorer(SessionModel model, TrackRows rows, List<ListenerId> listeners, IntPredicate allowed) {
        this.model = model;
        this.rows = rows;
        powers = UnitRows.powers(model.constants().gamma());
        for (ListenerId listener : listeners) {
            this.listeners.put(listener.key(), this.listeners.size());
        }
        unitsOf = unitsOf(model, listeners.size());
        scores = new TrackScores(model, row -> allowed.test(rows.track(row)));
    }

    private static int[][] unitsOf(SessionModel model, int listeners) {
        List<List<Integer>> units = new ArrayList<>();
        for (int i = 0; i < listeners; i++) {
            units.add(new ArrayList<>(2));
        }
        for (int unit = 0; unit < model.units().count(); unit++) {
            units.get(model.units().listener(unit)).add(unit);
        }
        return units.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** The number of tracks that may be recommended. */
    public int tracks() {
        return scores.size();
    }

    /** Whether the model has a track. */
    public boolean hasTrack(int track) {
        return rows.row(track) >= 0;
    }

    /** Tracks, best first, with their expected played shares. */
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    public record Ranked(int[] tracks, double[] shares) {}

    /** The best next tracks. Excludes the tracks of the session so far, since the model predicts only tracks that are new in a session.
     *
     * @param listener the listener's 64-bit key
     * @param played the session's tracks in the order of their plays
     * @param shares the played share of each track, 0 to 1
     * @param excluded accepts further tracks that must not be recommended
     * @param count maximum number of tracks, ≥ 1
     * @return empty if the session has no track yet or the model does not have the first one
     */
    public Ranked best(long listener, int[] played, double[] shares, IntPredicate excluded, int count) {
        if (played.length == 0 || !hasTrack(played[0])) {
            return NONE;
        }
        var session = new SessionState(model, powers);
        session.begin(listeners.getOrDefault(listener, -1), unitsOf(listener), rows.row(played[0]));
        for (int i = 1; i < played.length; i++) {
            int row = rows.row(played[i]);
            if (row >= 0) {
                session.play(row, shares[i]);
            }
        }
        TrackScores.Best best = scores.best(
                session.posterior(),
                session::artistFactor,
                row -> session.contains(row) || excluded.test(rows.track(row)),
                count);
        return new Ranked(Arrays.stream(best.rows()).map(rows::track).toArray(), best.scores());
    }

    private int[] unitsOf(long listener) {
        Integer number = listeners.get(listener);
        return number == null ? NO_UNITS : unitsOf[number];
    }

    /** The expected share of each playback of a session, given the playbacks before it.
     *
     * @param listener the listener's 64-bit key
     * @param played the session's tracks in the order of their plays, at least one, all of them tracks of the model
     * @param shares the played share of each track, 0 to 1
     * @return the expected shares; NaN for the first track and for repeated ones
     */
    public double[] expectedShares(long listener, int[] played, double[] shares) {
        double[] expected = new double[played.length];
        Arrays.fill(expected, Double.NaN);
        var session = new SessionState(model, powers);
        session.begin(listeners.getOrDefault(listener, -1), unitsOf(listener), rows.row(played[0]));
        for (int i = 1; i < played.length; i++) {
            int row = rows.row(played[i]);
            if (!session.contains(row)) {
                expected[i] = session.expectedShare(row);
            }
            session.play(row, shares[i]);
        }
        return expected;
    }
}
