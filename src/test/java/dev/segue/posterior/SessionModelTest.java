package dev.segue.posterior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.posterior.SessionScorer.Ranked;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionModelTest {

    private static final long UNKNOWN_LISTENER = 1_000;

    private static SessionModel model;
    private static SessionScorer scorer;

    @BeforeAll
    static void train() {
        model = ToySessions.model();
        scorer = new SessionScorer(model, ToySessions.rows(), ToySessions.listeners(), track -> true);
    }

    private static Ranked best(long listener, int count, int[] played, double... shares) {
        return scorer.best(listener, played, shares, track -> false, count);
    }

    private static double even(Ranked ranked) {
        return Arrays.stream(ranked.tracks()).filter(ToySessions::isEven).count() / (double) ranked.tracks().length;
    }

    @Test
    void theArtistDiscountIsEstimated() {
        assertEquals(ToySessions.GAMMA, model.constants().gamma(), 0.05);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void recommendationsAreOfTheFirstTracksKind(int first) {
        assertEquals(first == 0 ? 1 : 0, even(best(UNKNOWN_LISTENER, 10, new int[] {first}, 1)));
    }

    /** The session starts with a track of the even kind and continues with likes of the odd kind. */
    @Test
    void skipsAndLikesChangeTheKindOfTheRecommendations() {
        int[] played = {0, 2, 4, 6};
        assertEquals(1, even(best(UNKNOWN_LISTENER, 10, played, 1, 1, 1, 1)));
        Ranked afterSkips = best(UNKNOWN_LISTENER, 10, new int[] {0, 2, 4, 6, 1, 3}, 1, 0, 0, 0, 1, 1);
        assertEquals(0, even(afterSkips));
    }

    @Test
    void skipsLowerAndLikesRaiseTheExpectedShareOfTheirKind() {
        double after = scorer.expectedShares(UNKNOWN_LISTENER, new int[] {0, 2, 4}, new double[] {1, 0.5, 0})[2];
        double afterLike = scorer.expectedShares(UNKNOWN_LISTENER, new int[] {0, 2, 4}, new double[] {1, 1, 0})[2];
        double afterSkip = scorer.expectedShares(UNKNOWN_LISTENER, new int[] {0, 2, 4}, new double[] {1, 0, 0})[2];
        assertTrue(afterSkip < after && after < afterLike, afterSkip + " " + after + " " + afterLike);
    }

    @Test
    void theArtistDiscountLowersTheExpectedShare() {
        double[] expected = scorer.expectedShares(UNKNOWN_LISTENER, new int[] {0, 2, 22}, new double[] {1, 0.9, 0});
        double[] ofAnother = scorer.expectedShares(UNKNOWN_LISTENER, new int[] {0, 2, 24}, new double[] {1, 0.9, 0});
        assertEquals(model.constants().gamma(), expected[2] / ofAnother[2], 0.1);
    }

    @Test
    void expectedSharesAreNanForTheFirstTrackAndRepeats() {
        double[] expected = scorer.expectedShares(3, new int[] {0, 2, 0, 2}, new double[] {1, 1, 1, 1});
        assertArrayEquals(new boolean[] {true, false, true, true}, new boolean[] {
            Double.isNaN(expected[0]), Double.isNaN(expected[1]), Double.isNaN(expected[2]), Double.isNaN(expected[3])
        });
    }

    @Test
    void tracksOfTheSessionAndExcludedTracksAreNotRecommended() {
        int[] played = {0, 2, 4};
        Ranked all = scorer.best(UNKNOWN_LISTENER, played, new double[] {1, 1, 1}, track -> track == 6, 100);
        int[] expected = IntStream.range(0, ToySessions.TRACKS)
                .filter(t -> t > 6 || t % 2 == 1)
                .toArray();
        assertArrayEquals(expected, Arrays.stream(all.tracks()).sorted().toArray());
    }

    @Test
    void onlyAllowedTracksAreRecommended() {
        var few = new SessionScorer(model, ToySessions.rows(), ToySessions.listeners(), track -> track < 5);
        assertEquals(5, few.tracks());
        assertEquals(
                List.of(1, 2, 3, 4),
                Arrays.stream(few.best(UNKNOWN_LISTENER, new int[] {0}, new double[] {1}, track -> false, 100)
                                .tracks())
                        .sorted()
                        .boxed()
                        .toList());
    }

    /** Compares with the scores of all tracks by the definition, γᵏ Σ P σ(w · [e, 1]). */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 100})
    void theBestAreThoseWithTheLargestExpectedShares(int count) {
        int[] played = {0, 3, 20, 4};
        double[] shares = {1, 0.3, 0.8, 0.6};
        var session = new SessionState(model, UnitRows.powers(model.constants().gamma()));
        session.begin(5, unitsOf(5), played[0]);
        for (int i = 1; i < played.length; i++) {
            session.play(played[i], shares[i]);
        }
        double[] scores = IntStream.range(0, ToySessions.TRACKS)
                .mapToDouble(track -> score(session, track))
                .toArray();
        int[] expected = IntStream.range(0, ToySessions.TRACKS)
                .filter(track -> !session.contains(track))
                .boxed()
                .sorted(Comparator.comparingDouble(track -> -scores[track]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        Ranked ranked = best(5, count, played, shares);
        assertArrayEquals(Arrays.stream(expected).mapToDouble(t -> scores[t]).toArray(), ranked.shares(), 1e-5);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(scores[expected[i]], scores[ranked.tracks()[i]], 1e-5);
        }
    }

    private static int[] unitsOf(int listener) {
        return IntStream.range(0, model.units().count())
                .filter(unit -> model.units().listener(unit) == listener)
                .toArray();
    }

    private static double score(SessionState session, int track) {
        double sum = 0;
        int d = model.d();
        for (int c = 0; c < session.posterior().components(); c++) {
            double[] w = session.posterior().mean(c);
            double z = w[d] + Packed.dot(w, 0, model.tracks().means(), track * d, d);
            sum += session.posterior().weight(c) / (1 + Math.exp(-z));
        }
        return sum * session.artistFactor(track);
    }

    @Test
    void withoutAKnownFirstTrackNothingIsRecommended() {
        assertEquals(0, best(1, 5, new int[0]).tracks().length);
        assertEquals(0, best(1, 5, new int[] {ToySessions.TRACKS}, 1).tracks().length);
    }

    @Test
    void unknownLaterTracksAreIgnored() {
        assertArrayEquals(
                best(1, 5, new int[] {0, 2}, 1, 1).tracks(),
                best(1, 5, new int[] {0, 999, 2}, 1, 0, 1).tracks());
    }

    @Test
    void longSessionsWithSharesOfZeroOrOneHaveFiniteScores() {
        int[] played = IntStream.range(0, 50).toArray();
        for (double share : new double[] {0, 1}) {
            double[] shares = new double[played.length];
            Arrays.fill(shares, share);
            Ranked ranked = scorer.best(UNKNOWN_LISTENER, played, shares, track -> false, 10);
            assertTrue(
                    Arrays.stream(ranked.shares()).allMatch(s -> s >= 0 && s <= 1), Arrays.toString(ranked.shares()));
            assertEquals(10, ranked.tracks().length);
        }
    }

    /** Most sessions of listener 0 are of the even kind, and most sessions of listener 1 of the odd kind. */
    @Test
    void expectedSharesDependOnTheListener() {
        double[] ofEven = scorer.expectedShares(0, new int[] {0, 2}, new double[] {1, 1});
        double[] ofOdd = scorer.expectedShares(1, new int[] {0, 2}, new double[] {1, 1});
        assertTrue(ofEven[1] > ofOdd[1] + 0.05, ofEven[1] + " " + ofOdd[1]);
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        SessionModel again = ToySessions.model();
        assertArrayEquals(model.tracks().means(), again.tracks().means());
        assertArrayEquals(model.unitVectors().means(), again.unitVectors().means());
    }

    /** Each listener has 20 sessions of two kinds. */
    @Test
    void sessionsOfTheSameTasteAreGrouped() {
        int units = model.units().count();
        assertTrue(units >= ToySessions.LISTENERS && units <= 4 * ToySessions.LISTENERS, "units: " + units);
    }
}
