package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.matrix.IntMatrix;
import dev.segue.random.KeyedRandom;
import dev.segue.world.Listener;
import dev.segue.world.ProvisionalRecommendations;
import dev.segue.world.World;
import dev.segue.world.WorldRecipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks generated worlds against published figures: time and tracks per session, as means over listeners of their means over
 * sessions, are within 10% of those of the reference simulator with 50,000 real tracks.
 */
class CalibrationTest {

    private static final int SESSIONS_PER_LISTENER = 10;
    private static final double TOLERANCE = 0.1;

    /** A world and the model of its listeners. */
    private static final class Place {
        private final World world;
        private final int[] artists;
        private final ListenerModel model;

        Place(int tracks, int listeners) {
            world = WorldRecipe.of(tracks, listeners, 5).generate();
            artists = world.tracks().stream().mapToInt(World.Track::artist).toArray();
            model = new ListenerModel(world.embeddings(), artists, world.listeners(), SessionRules.REFERENCE);
        }

        @Override
        public String toString() {
            return artists.length + " tracks";
        }
    }

    private static final Place SMALL = new Place(10_000, 2_000);

    private static final Place LARGE = new Place(50_000, 10_000);

    static List<Place> places() {
        return List.of(SMALL, LARGE);
    }

    @ParameterizedTest
    @MethodSource("places")
    void randomTracksHaveThePublishedMeans(Place place) {
        assertPleases(place, 2.14, 7.16, (last, random) -> random.nextInt(place.artists.length));
    }

    @ParameterizedTest
    @MethodSource("places")
    void tracksOfTheSameArtistHaveThePublishedMeans(Place place) {
        Map<Integer, List<Integer>> byArtist = new HashMap<>();
        for (int track = 0; track < place.artists.length; track++) {
            byArtist.computeIfAbsent(place.artists[track], artist -> new ArrayList<>())
                    .add(track);
        }
        assertPleases(place, 3.14, 8.14, (last, random) -> {
            List<Integer> tracks = byArtist.getOrDefault(place.artists[last], List.of());
            return tracks.get(random.nextInt(tracks.size()));
        });
    }

    @ParameterizedTest
    @MethodSource("places")
    void popularTracksHaveThePublishedMeans(Place place) {
        int[] popular = place.world.tracksByPopularity();
        assertPleases(place, 4.02, 9.01, (last, random) -> popular[random.nextInt(100)]);
    }

    /** With sessions cut at 50 playbacks. */
    @Test
    void theOracleReachesItsKnownTimePerSessionInTheSmallWorld() {
        ListenerModel model = new ListenerModel(
                SMALL.world.embeddings(), SMALL.artists, SMALL.world.listeners(), SessionRules.REFERENCE.cutAt(50));
        var oracle = new Oracle(model);
        double time = 0;
        for (Listener listener : SMALL.world.listeners()) {
            time += oracle.play(model.begin(listener, 1, 1), () -> false);
        }
        assertEquals(44.5, time / SMALL.world.listeners().size(), 0.5);
    }

    @Test
    void provisionalNeighboursHaveAboutTheMeansOfTheTrainedModels() {
        var provisional = new ProvisionalRecommendations(SMALL.world, 50);
        IntMatrix control = provisional.control();
        IntMatrix treatment = provisional.treatment();
        assertPleases(SMALL, 5.25, 10.25, (last, random) -> control.get(last, random.nextInt(50)));
        assertPleases(SMALL, 6.02, 11.05, (last, random) -> treatment.get(last, random.nextInt(50)));
    }

    private interface Policy {
        int next(int last, RandomGenerator random);
    }

    private static void assertPleases(Place place, double publishedTime, double publishedTracks, Policy policy) {
        double time = 0;
        double tracks = 0;
        for (Listener listener : place.world.listeners()) {
            for (int number = 0; number < SESSIONS_PER_LISTENER; number++) {
                var random = new KeyedRandom(1, listener.user(), number, 0);
                ListeningSession session = place.model.begin(listener, random);
                while (!session.isOver()) {
                    session.play(policy.next(session.lastTrack(), random));
                }
                time += session.totalTime();
                tracks += session.playbacks();
            }
        }
        int sessions = SESSIONS_PER_LISTENER * place.world.listeners().size();
        assertEquals(publishedTime, time / sessions, TOLERANCE * publishedTime, "time per session");
        assertEquals(publishedTracks, tracks / sessions, TOLERANCE * publishedTracks, "tracks per session");
    }
}
