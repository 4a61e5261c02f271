package dev.segue.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldRecipeTest {

    private static final World WORLD = WorldRecipe.of(10_000, 2_000, 5).generate();

    @Test
    void everyTrackHasAnArtistOfOneToEightyTracks() {
        assertEquals(10_000, WORLD.tracks().size());
        int[] sizes = new int[WORLD.artists().size()];
        WORLD.tracks().forEach(track -> sizes[track.artist()]++);
        for (int size : sizes) {
            assertTrue(size >= 1 && size <= 80, "artist with " + size + " tracks");
        }
        assertEquals(10_000, IntStream.of(sizes).sum());
        assertEquals(80, IntStream.of(sizes).max().orElseThrow());
    }

    @Test
    void artistNamesAreUnique() {
        var names = new HashSet<String>();
        WORLD.artists().forEach(artist -> names.add(artist.name()));
        assertEquals(WORLD.artists().size(), names.size());
    }

    @Test
    void genreFrequenciesAreProportionalToOneOverRankPlusFive() {
        int[] counts = new int[20];
        WORLD.artists().forEach(artist -> counts[artist.genre()]++);
        double norm = IntStream.range(0, 20).mapToDouble(k -> 1.0 / (k + 5)).sum();
        double chiSquare = 0;
        for (int k = 0; k < counts.length; k++) {
            double expected = WORLD.artists().size() / (k + 5.0) / norm;
            chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected;
        }
        assertTrue(chiSquare < 43.8, "chi-square with 19 degrees of freedom at p = 0.001: " + chiSquare);
    }

    @Test
    void popularityIsStandardNormalAndArtistsExplainThirtyPercent() {
        double sum = 0;
        double squares = 0;
        double within = 0;
        int pairs = 0;
        var lastOfArtist = new double[WORLD.artists().size()];
        var seen = new boolean[WORLD.artists().size()];
        for (World.Track track : WORLD.tracks()) {
            double z = track.popularity();
            sum += z;
            squares += z * z;
            if (seen[track.artist()]) {
                double difference = z - lastOfArtist[track.artist()];
                within += difference * difference / 2;
                pairs++;
            }
            seen[track.artist()] = true;
            lastOfArtist[track.artist()] = z;
        }
        assertEquals(0, sum / 10_000, 0.06);
        assertEquals(1, squares / 10_000, 0.06);
        assertEquals(0.7, within / pairs, 0.05);
    }

    @Test
    void embeddingsBeginWithWeightedPopularity() {
        assertEquals(10_000, WORLD.embeddings().rows());
        assertEquals(16, WORLD.embeddings().columns());
        for (int track = 0; track < 10_000; track++) {
            float expected = (float) (0.85 * WORLD.tracks().get(track).popularity());
            assertEquals(expected, WORLD.embeddings().get(track, 0));
        }
    }

    @Test
    void squaredLengthIsTheSumOfGenreArtistAndTrackScaledByPopularity() {
        double unstretched = 0;
        for (int track = 0; track < 10_000; track++) {
            double squaredLength = 0;
            for (int d = 1; d < 16; d++) {
                double coordinate = WORLD.embeddings().get(track, d);
                squaredLength += coordinate * coordinate;
            }
            unstretched +=
                    squaredLength / Math.exp(2 * 0.2 * WORLD.tracks().get(track).popularity()) / 10_000;
        }
        assertEquals(2.1 * 2.1 + 2.1 * 2.1 + 0.7 * 0.7, unstretched, 0.4);
    }

    @Test
    void listenersHaveThreeInterestsAndTastesInRange() {
        assertEquals(2_000, WORLD.listeners().size());
        int sharp = 0;
        for (int user = 0; user < 2_000; user++) {
            Listener listener = WORLD.listeners().get(user);
            assertEquals(user, listener.user());
            assertEquals(3, new HashSet<>(listener.interests()).size());
            assertTrue(listener.interests().stream().allMatch(track -> track >= 0 && track < 10_000));
            assertTrue(listener.consumeBias() >= 0 && listener.consumeBias() <= 10);
            assertTrue(listener.consumeSharpness() >= 0.5 && listener.consumeSharpness() <= 2);
            sharp += listener.consumeSharpness() > 1 ? 1 : 0;
        }
        assertEquals(1_000, sharp, 75);
    }

    @Test
    void popularTracksAreMoreOftenInterests() {
        int[] ranks = new int[10_000];
        int[] byPopularity = WORLD.tracksByPopularity();
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[byPopularity[rank]] = rank;
        }
        long top = WORLD.listeners().stream()
                .flatMap(listener -> listener.interests().stream())
                .filter(track -> ranks[track] < 100)
                .count();
        // Σ 1/(r + 20) over r < 100 is 28.9% of the sum over all; without replacement it is a little less.
        assertEquals(0.287, top / 6_000.0, 0.02);
    }

    @Test
    void tracksByPopularityFall() {
        int[] tracks = WORLD.tracksByPopularity();
        assertEquals(10_000, IntStream.of(tracks).distinct().count());
        for (int rank = 1; rank < tracks.length; rank++) {
            double better = WORLD.tracks().get(tracks[rank - 1]).popularity();
            assertTrue(better >= WORLD.tracks().get(tracks[rank]).popularity());
        }
    }

    @Test
    void worldsDependOnTheSeedAlone() {
        World first = WorldRecipe.of(500, 50, 1).generate();
        World other = WorldRecipe.of(500, 50, 2).generate();
        assertEquals(first.tracks(), WorldRecipe.of(500, 50, 1).generate().tracks());
        assertNotEquals(first.tracks(), other.tracks());
        assertNotEquals(first.artists(), other.artists());
        assertNotEquals(first.listeners(), other.listeners());
        assertNotEquals(first.embeddings().get(0, 1), other.embeddings().get(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"100, 1.0", "10000, 1.0", "22361, 0.875", "50000, 0.75", "1000000, 0.75"})
    void interestExponentFallsWithTheLogarithmOfTheSize(int tracks, double exponent) {
        assertEquals(exponent, WorldRecipe.interestExponentFor(tracks), 1e-4);
    }

    @Test
    void invalidRecipesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> WorldRecipe.of(99, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> WorldRecipe.of(1_000_001, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> WorldRecipe.of(100, 0, 5));
        assertThrows(IllegalArgumentException.class, () -> new WorldRecipe(100, 1, 5, -1, 0.85));
        assertThrows(
                IllegalArgumentException.class, () -> WorldRecipe.of(100, 1, 5).withPopularityWeight(Double.NaN));
    }
}
