package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.listener.ListenerId;
import dev.segue.world.World;
import dev.segue.world.WorldRecipe;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LoadSimulationTest {

    private static final World WORLD = WorldRecipe.of(200, 40, 6).generate();

    @Test
    void whatEndsAThreadEndsTheRun() {
        var problem = new OutOfMemoryError("of a test");
        NextTrackClient client = new FixedClient(() -> {
            throw problem;
        });
        assertSame(problem, assertThrows(OutOfMemoryError.class, () -> load(client, 0, () -> false)));
    }

    /** The first arrival would be due after hours. */
    @Test
    void waitForAnArrivalEndsEarlyWhenAsked() {
        var stop = new AtomicBoolean();
        LoadResult result = load(
                new FixedClient(() -> {
                    throw new AssertionError("nothing is due yet");
                }),
                1e-6,
                () -> stop.getAndSet(true));
        assertEquals(0, result.requests().requests());
    }

    private static LoadResult load(NextTrackClient client, double rate, BooleanSupplier stop) {
        ListenerModel model = new ListenerModel(
                WORLD.embeddings(),
                WORLD.tracks().stream().mapToInt(World.Track::artist).toArray(),
                WORLD.listeners(),
                SessionRules.REFERENCE);
        var options = new LoadOptions(1_000_000, 0, 2, rate, 1);
        return new LoadSimulation(model, WORLD.listeners(), () -> client, options, stop, ended -> {}).run();
    }

    private record FixedClient(Runnable action) implements NextTrackClient {

        @Override
        public int next(ListenerId listener, int track, double time) {
            action.run();
            return 0;
        }

        @Override
        public void last(ListenerId listener, int track, double time) {
            action.run();
        }
    }
}
