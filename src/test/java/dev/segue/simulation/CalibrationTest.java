package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.catalog.IntMatrix;
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

/**
 * The world that the project ships is like the published one: time and tracks per session, as means of the listeners'
 * means, within 10% of the reference simulator's with 50,000 real tracks.
 */
class CalibrationTest {

    private static final int SESSIONS_PER_LISTENER = 10;
    private static final double TOLERANCE = 0.1;

    private static final World WORLD = WorldRecipe.of(10_000, 2_000, 5).generate();
    private static final int[] ARTISTS =
            WORLD.tracks().stream().mapToInt(World.Track::artist).toArray();
    private static final ListenerModel MODEL =
            new ListenerModel(WORLD.embeddings(), ARTISTS, WORLD.listeners(), SessionRules.REFERENCE);

    @Test
    void randomTracksPleaseAsPublished() {
        assertPleases(2.14, 7.16, (last, random) -> random.nextInt(ARTISTS.length));
    }

    @Test
    void tracksOfTheSameArtistPleaseAsPublished() {
        Map<Integer, List<Integer>> byArtist = new HashMap<>();
        for (int track = 0; track < ARTISTS.length; track++) {
            byArtist.computeIfAbsent(ARTISTS[track], artist -> new ArrayList<>())
                    .add(track);
        }
        assertPleases(3.14, 8.14, (last, random) -> {
            List<Integer> tracks = byArtist.getOrDefault(ARTISTS[last], List.of());
            return tracks.get(random.nextInt(tracks.size()));
        });
    }

    @Test
    void popularTracksPleaseAsPublished() {
        int[] popular = WORLD.tracksByPopularity();
        assertPleases(4.02, 9.01, (last, random) -> popular[random.nextInt(100)]);
    }

    @Test
    void provisionalNeighboursPleaseAboutAsMuchAsTheTrainedModelsTheyStandFor() {
        var provisional = new ProvisionalRecommendations(WORLD, 50);
        IntMatrix control = provisional.control();
        IntMatrix treatment = provisional.treatment();
        assertPleases(5.25, 10.25, (last, random) -> control.get(last, random.nextInt(50)));
        assertPleases(6.02, 11.05, (last, random) -> treatment.get(last, random.nextInt(50)));
    }

    private interface Policy {
        int next(int last, RandomGenerator random);
    }

    private void assertPleases(double publishedTime, double publishedTracks, Policy policy) {
        double time = 0;
        double tracks = 0;
        for (Listener listener : WORLD.listeners()) {
            for (int number = 0; number < SESSIONS_PER_LISTENER; number++) {
                var random = new KeyedRandom(1, listener.user(), number, 0);
                ListeningSession session = MODEL.begin(listener, random);
                while (!session.isOver()) {
                    session.play(policy.next(session.lastTrack(), random));
                }
                time += session.totalTime();
                tracks += session.playbacks();
            }
        }
        int sessions = SESSIONS_PER_LISTENER * WORLD.listeners().size();
        assertEquals(publishedTime, time / sessions, TOLERANCE * publishedTime, "time per session");
        assertEquals(publishedTracks, tracks / sessions, TOLERANCE * publishedTracks, "tracks per session");
    }
}
