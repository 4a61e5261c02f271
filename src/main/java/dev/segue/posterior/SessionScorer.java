package dev.segue.posterior;

import dev.segue.listener.ListenerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Ranks tracks for a session so far by a session model. Immutable: any thread may ask. */
public final class SessionScorer {

    private static final Ranked NOTHING = new Ranked(new int[0], new double[0]);
    private static final int[] NO_UNITS = {};

    private final SessionModel model;
    private final Map<Long, Integer> listeners = new HashMap<>();
    private final double[] powers;
    private final int[][] unitsOf;
    private final TrackScores scores;

    /**
     * A scorer.
     *
     * @param listeners those of the model
     * @param served which tracks may be recommended
     */
    public SessionScorer(SessionModel model, List<ListenerId> listeners, IntPredicate served) {
        this.model = model;
        powers = UnitRows.powers(model.constants().gamma());
        for (ListenerId listener : listeners) {
            this.listeners.put(listener.key(), this.listeners.size());
        }
        unitsOf = unitsOf(model, listeners.size());
        scores = new TrackScores(model, served);
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

    /** How many tracks may be recommended. */
    public int tracks() {
        return scores.size();
    }

    /** Whether the model knows a track. */
    public boolean knows(int track) {
        return track < model.tracks().count();
    }

    /** Tracks, the best first, and the share of each that the listener is expected to play. */
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    public record Ranked(int[] tracks, double[] shares) {}

    /**
     * The best tracks to play next. Tracks of the session so far are left out: the model is of tracks that are new in a session.
     *
     * @param listener the listener's 64-bit key
     * @param played the session's tracks in their order
     * @param shares how much of each was played, 0 to 1
     * @param leftOut more tracks that must not be recommended
     * @param count how many are wanted, at least 1
     * @return fewer if there are no more; none if the session has no track yet or the model does not know the first one
     */
    public Ranked best(long listener, int[] played, double[] shares, IntPredicate leftOut, int count) {
        if (played.length == 0 || !knows(played[0])) {
            return NOTHING;
        }
        var session = new SessionSoFar(model, powers);
        session.begin(listeners.getOrDefault(listener, -1), unitsOf(listener), played[0]);
        for (int i = 1; i < played.length; i++) {
            if (knows(played[i])) {
                session.play(played[i], shares[i]);
            }
        }
        TrackScores.Best best = scores.best(
                session.posterior(),
                session::artistFactor,
                track -> session.hasHad(track) || leftOut.test(track),
                count);
        return new Ranked(best.tracks(), best.scores());
    }

    private int[] unitsOf(long listener) {
        Integer number = listeners.get(listener);
        return number == null ? NO_UNITS : unitsOf[number];
    }

    /**
     * The expected shares of a session's playbacks, each before it is known how it went.
     *
     * @param listener the listener's 64-bit key
     * @param played the session's tracks in their order, at least one, all known to the model
     * @param shares how much of each was played
     * @return the expected share of each; NaN for the first and for repeated ones
     */
    public double[] expectedShares(long listener, int[] played, double[] shares) {
        double[] expected = new double[played.length];
        Arrays.fill(expected, Double.NaN);
        var session = new SessionSoFar(model, powers);
        session.begin(listeners.getOrDefault(listener, -1), unitsOf(listener), played[0]);
        for (int i = 1; i < played.length; i++) {
            if (!session.hasHad(played[i])) {
                expected[i] = session.expectedShare(played[i]);
            }
            session.play(played[i], shares[i]);
        }
        return expected;
    }
}
