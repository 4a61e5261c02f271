package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;
import dev.segue.world.Listener;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ListenerModelTest {

    /** With interest 0 = (2, 0) the affinities are 4, 3, 2, 0, −2 and 3. */
    private static final float[][] EMBEDDINGS = {{2, 0}, {1.5f, 1}, {1, 7}, {0, 3}, {-1, 0}, {1.5f, 0}};

    /** Tracks 0, 1 and 4 are by one artist, each other track by its own. */
    private static final int[] ARTISTS = {0, 0, 1, 2, 0, 3};

    /** b = 1, s = 0.5: sigmoid((affinity − 1)/2). */
    private static final Listener LISTENER = new Listener(0, List.of(0), 1, 0.5);

    /** Sessions start with track 0, the nearest to the interest. */
    private static final SessionRules FIRST_IS_NEAREST = new SessionRules(5, 0.8, 1, 0);

    @Test
    void firstTrackIsPlayedInFullAndLeavesTheBudget() {
        ListeningSession session = session(always(0.999));
        assertEquals(0, session.lastTrack());
        assertEquals(1.0, session.lastTime());
        assertEquals(1, session.playbacks());
        assertEquals(1.0, session.totalTime());
        assertFalse(session.isOver());
    }

    @Test
    void firstTrackIsAnyTrackIfTheRulesAllowMoreThanThereAre() {
        var model = new ListenerModel(embeddings(), ARTISTS, List.of(LISTENER), SessionRules.REFERENCE);
        Set<Integer> first = new TreeSet<>();
        for (int number = 0; number < 200; number++) {
            first.add(model.begin(LISTENER, 1, number).lastTrack());
        }
        assertEquals(Set.of(0, 1, 2, 3, 4, 5), first);
    }

    @Test
    void timeIsTheSigmoidOfAffinityInTwoDecimals() {
        assertEquals(0.73, session(always(0)).play(5)); // σ((3 − 1)/2) = 0.7311
        assertEquals(0.62, session(always(0)).play(2)); // σ((2 − 1)/2) = 0.6225
        assertEquals(0.38, session(always(0)).play(3)); // σ((0 − 1)/2) = 0.3775
    }

    @Test
    void artistIsDiscountedForEachEarlierPlaybackTheFirstTrackIncluded() {
        ListeningSession session = session(always(0));
        assertEquals(0.58, session.play(1)); // 0.7311 · 0.8
        assertEquals(0.12, session.play(4)); // σ((−2 − 1)/2) = 0.1824, · 0.8²
    }

    @Test
    void discountAppliesBeforeRounding() {
        // 0.7311 · 0.8 · 0.8 · 0.8 = 0.3743; rounded after each step it would be 0.38.
        int[] oneArtist = new int[6];
        var model = new ListenerModel(embeddings(), oneArtist, List.of(LISTENER), FIRST_IS_NEAREST);
        ListeningSession session = model.begin(LISTENER, always(0));
        session.play(2);
        session.play(3);
        assertEquals(0.37, session.play(5));
    }

    @Test
    void repeatedTrackIsNotPlayedButCountsForItsArtist() {
        ListeningSession session = session(always(0));
        assertEquals(0, session.play(0));
        assertEquals(0.47, session.play(1)); // 0.7311 · 0.8²: the first track and its repeat
    }

    @Test
    void budgetFallsWithProbabilityOneMinusTime() {
        ListeningSession patient = session(always(0.72));
        patient.play(5); // time 0.73 > 0.72: stays
        ListeningSession impatient = session(always(0.73));
        impatient.play(5); // 0.73 is not below 0.73: falls
        for (int skip = 0; skip < 4; skip++) {
            patient.play(0);
            impatient.play(0);
        }
        assertFalse(patient.isOver());
        assertTrue(impatient.isOver());
        patient.play(0);
        assertTrue(patient.isOver());
        assertThrows(IllegalStateException.class, () -> patient.play(2));
    }

    @Test
    void sessionsAddUpTheTimesOfTheirPlaybacks() {
        ListeningSession session = session(always(0));
        session.play(5);
        session.play(0);
        session.play(2);
        assertEquals(4, session.playbacks());
        assertEquals(1 + 0.73 + 0 + 0.62, session.totalTime(), 1e-12);
        assertEquals(2, session.lastTrack());
        assertEquals(0.62, session.lastTime());
    }

    @Test
    void firstTrackIsAnyOfTheNearestToTheDrawnInterest() {
        var listener = new Listener(0, List.of(3, 4), 1, 0.5);
        var model = new ListenerModel(embeddings(), ARTISTS, List.of(listener), new SessionRules(5, 0.8, 2, 0));
        var seen = new TreeSet<String>();
        for (int session = 0; session < 200; session++) {
            ListeningSession drawn = model.begin(listener, new KeyedRandom(1, 0, session, 0));
            seen.add(drawn.interest() + "→" + drawn.lastTrack());
        }
        // (0, 3)·e = 0, 3, 21, 9, 0, 0 and (−1, 0)·e = −2, −1.5, −1, 0, 1, −1.5
        assertEquals("[3→2, 3→3, 4→3, 4→4]", seen.toString());
    }

    @Test
    void unknownListenersUnknownInterestsAndUnequalSizesAreRefused() {
        var model = new ListenerModel(embeddings(), ARTISTS, List.of(LISTENER), FIRST_IS_NEAREST);
        var unknown = new Listener(1, List.of(2), 1, 1);
        assertThrows(IllegalArgumentException.class, () -> model.begin(unknown, always(0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ListenerModel(embeddings(), new int[5], List.of(LISTENER), FIRST_IS_NEAREST));
        var withUnknownInterest = new Listener(1, List.of(6), 1, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new ListenerModel(embeddings(), ARTISTS, List.of(withUnknownInterest), FIRST_IS_NEAREST));
    }

    @Test
    void invalidRulesAndListenersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SessionRules(0, 0.8, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new SessionRules(5, 1.1, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new SessionRules(5, 0.8, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Listener(-1, List.of(1), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Listener(1, List.of(), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Listener(1, List.of(2, 2), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Listener(1, List.of(2), Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Listener(1, List.of(2), 1, 0));
    }

    private static ListeningSession session(RandomGenerator random) {
        return new ListenerModel(embeddings(), ARTISTS, List.of(LISTENER), FIRST_IS_NEAREST).begin(LISTENER, random);
    }

    private static FloatMatrix embeddings() {
        FloatMatrix matrix = FloatMatrix.zeros(EMBEDDINGS.length, 2);
        for (int track = 0; track < EMBEDDINGS.length; track++) {
            matrix.set(track, 0, EMBEDDINGS[track][0]);
            matrix.set(track, 1, EMBEDDINGS[track][1]);
        }
        return matrix;
    }

    /** A generator that always returns the same uniform number. */
    private static RandomGenerator always(double uniform) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return uniform;
            }
        };
    }
}
