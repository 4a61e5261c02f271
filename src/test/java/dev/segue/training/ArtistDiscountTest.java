package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.id.ListenerId;
import dev.segue.random.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtistDiscountTest {

    private static final ListenerId LISTENER = ListenerId.of(1);

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.8, 0.95})
    void estimatesTheFactorOfSimulatedShares(double gamma) {
        var discount = new ArtistDiscount();
        var random = new KeyedRandom(1, 2, 3, 4);
        for (int i = 0; i < 20_000; i++) {
            int repeats = random.nextInt(4);
            double predicted = random.nextDouble();
            double noise = 0.1 * random.nextGaussian();
            discount.add(repeats, predicted, 0.7 * Math.pow(gamma, repeats) * predicted + noise);
        }
        assertEquals(gamma, discount.estimate(), 0.011);
    }

    @Test
    void isOneWithoutPlaybacksOrWithRisingShares() {
        assertEquals(1, new ArtistDiscount().estimate());
        var liked = new ArtistDiscount();
        liked.add(0, 0.5, 0.4);
        liked.add(1, 0.5, 0.6);
        assertEquals(1, liked.estimate());
    }

    /** Tracks 10, 11 and 12 are by artist 1, track 20 is by artist 2, and track 30 is by an unknown artist. */
    @Test
    void countsTheArtistsEarlierTracksIncludingTheFirst() {
        var rows = new TrainingRows();
        for (int track : new int[] {11, 20, 11, 30, 12}) {
            rows.add(LISTENER, 10, track, 1);
        }
        rows.endSession();
        rows.add(LISTENER, 20, 12, 1);
        rows.endSession();
        int[] repeats = ArtistDiscount.repeats(rows, track -> track == 30 ? -1 : track / 10);
        assertArrayEquals(new int[] {1, 0, -1, -1, 3, 0}, repeats);
    }
}
