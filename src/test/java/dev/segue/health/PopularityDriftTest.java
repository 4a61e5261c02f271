package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopularityDriftTest {

    private static final long HOUR = 3_600_000;

    private static List<Step> plays(int... tracks) {
        return IntStream.of(tracks)
                .mapToObj(track -> new Step(track, Step.NONE, ""))
                .toList();
    }

    /** Older: 1, 1, 2, 3. Newer: 1, 2, 2, 4. Differences of the shares: 1/4, 1/4, 1/4, 1/4. */
    @Test
    void comparesOlderAndNewerHalf() {
        var tally = new PopularityDrift.Tally();
        tally.add(30 * HOUR, plays(2, 4)); // the log need not be in order
        tally.add(0, plays(1, 1));
        tally.add(HOUR, plays(2, 3));
        tally.add(20 * HOUR, plays(1, 2));
        PopularityDrift drift = tally.drift(1);
        assertEquals(new PopularityDrift.Figures(0.5, 3, 2, 0.25), drift.observed());
        assertEquals(Duration.ofHours(30), drift.span());
        assertFalse(drift.isTooShort());
    }

    @Test
    void aLogOfLessThanADayIsTooShort() {
        var tally = new PopularityDrift.Tally();
        tally.add(0, plays(1));
        tally.add(24 * HOUR - 1, plays(1));
        assertTrue(tally.drift(1).isTooShort());
    }

    @Test
    void onlyAChangingLogIsBeyondChance() {
        var changing = new PopularityDrift.Tally();
        var steady = new PopularityDrift.Tally();
        for (int session = 0; session < 400; session++) {
            changing.add(session * HOUR, plays(session < 200 ? session % 10 : 10 + session % 10));
            steady.add(session * HOUR, plays(session % 10));
        }
        PopularityDrift changed = changing.drift(1);
        assertEquals(1, changed.observed().totalVariation());
        assertEquals(1, changed.observed().newPlays());
        assertEquals(0, changed.observed().staying());
        assertTrue(changed.byChance().totalVariation().upper() < 0.5);
        assertTrue(changed.isBeyondChance());
        assertEquals(0, steady.drift(1).observed().totalVariation());
        assertFalse(steady.drift(1).isBeyondChance());
    }

    @Test
    void oneSessionHasNoDrift() {
        var tally = new PopularityDrift.Tally();
        tally.add(0, plays(1, 2));
        assertEquals(new PopularityDrift.Figures(0, 0, 0, 0), tally.drift(1).observed());
    }
}
