package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    /** Plays 1, 2, 1. Recommender a recommends 2, and then 1, which was played before. */
    private static final List<Step> REPEATING =
            List.of(new Step(1, 2, "a"), new Step(2, 1, "a"), new Step(1, Step.NONE, ""));

    private static final List<Step> PLAIN =
            List.of(new Step(Step.NONE, 5, "b"), new Step(5, 6, "b"), new Step(6, 7, ""));

    private static Repeats of(List<List<Step>> sessions) {
        var tally = new Repeats.Tally();
        sessions.forEach(tally::add);
        return tally.repeats();
    }

    @Test
    void countsSessionsAndRecommendationsInTotalAndByRecommender() {
        Repeats repeats = of(List.of(REPEATING, PLAIN));
        assertEquals(new Repeats.Counts(2, 1, 5, 1), repeats.all());
        assertEquals(0.5, repeats.all().sessionShare());
        assertEquals(0.2, repeats.all().recommendationShare());
        assertEquals(
                Map.of("a", new Repeats.Counts(1, 1, 2, 1), "b", new Repeats.Counts(1, 0, 2, 0)),
                repeats.byRecommender());
    }

    @Test
    void recommendationOfThePreviousTrackIsARepeat() {
        assertEquals(
                new Repeats.Counts(1, 0, 1, 1),
                of(List.of(List.of(new Step(3, 3, "")))).all());
    }

    @Test
    void aSessionWithoutPlaysDoesNotCount() {
        assertEquals(0, of(List.of(List.of(new Step(Step.NONE, 3, "a")))).all().sessions());
    }
}
