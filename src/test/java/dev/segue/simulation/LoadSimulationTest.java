package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.listener.ListenerId;
import dev.segue.world.World;
import dev.segue.world.WorldRecipe;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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

    /** One session and arrivals of many: nobody is there to make the other requests, and none of them is late. */
    @Test
    void lastListenersAreNotLateForRequestsThatNobodyCouldMake() {
        var client = new FixedClient(() -> LockSupport.parkNanos(100_000_000));
        long longest = load(client, 1, 1e6, () -> false).requests().latencies().getMaxValue();
        assertTrue(longest < 350_000_000, "each request takes 100 ms, not " + longest / 1_000_000);
    }

    private static LoadResult load(NextTrackClient client, double rate, BooleanSupplier stop) {
        return load(client, 1_000_000, rate, stop);
    }

    private static LoadResult load(NextTrackClient client, long sessions, double rate, BooleanSupplier stop) {
        var options = new LoadOptions(sessions, 0, 2, rate, 1);
        return new LoadSimulation(model(), WORLD.listeners(), () -> client, options, stop, ended -> {}).run();
    }

    private static ListenerModel model() {
        return new ListenerModel(
                WORLD.embeddings(),
                WORLD.tracks().stream().mapToInt(World.Track::artist).toArray(),
                WORLD.listeners(),
                SessionRules.REFERENCE);
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
