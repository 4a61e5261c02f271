package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import dev.segue.world.World;
import dev.segue.world.WorldRecipe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleTest {

    private static final World WORLD = WorldRecipe.of(2_000, 60, 4).generate();
    private static final ListenerModel MODEL = new ListenerModel(
            WORLD.embeddings(),
            WORLD.tracks().stream().mapToInt(World.Track::artist).toArray(),
            WORLD.listeners(),
            SessionRules.REFERENCE.cutAt(400));

    @ParameterizedTest
    @ValueSource(ints = {256, 3}) // 3: most searches exhaust the ranking
    void choosesTheBestOfAllTracksAtEveryStep(int depth) {
        var oracle = new Oracle(MODEL, depth);
        int longest = 0;
        for (var listener : WORLD.listeners()) {
            ListeningSession session = MODEL.begin(listener, new KeyedRandom(1, listener.user(), 1, 0));
            while (!session.isOver()) {
                int chosen = oracle.next(session);
                assertEquals(bestExpectedTime(session), session.expectedTime(chosen), 1e-12);
                session.play(chosen);
            }
            longest = Math.max(longest, session.playbacks());
        }
        assertTrue(longest > 100, "a session with many of the best tracks");
    }

    private static double bestExpectedTime(ListeningSession session) {
        double best = 0;
        for (int track = 0; track < MODEL.tracks(); track++) {
            best = Math.max(best, session.expectedTime(track));
        }
        return best;
    }
}
