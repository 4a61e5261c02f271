package dev.segue.simulation.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.NextTrackClient;
import dev.segue.simulation.SessionRules;
import dev.segue.world.World;
import dev.segue.world.WorldRecipe;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSimulationTest {

    private static final World WORLD = WorldRecipe.of(200, 40, 6).generate();

    @Test
    void errorInAThreadEndsTheRun() {
        var problem = new OutOfMemoryError("of a test");
        NextTrackClient client = new FixedClient(() -> {
            throw problem;
        });
        assertSame(problem, assertThrows(OutOfMemoryError.class, () -> load(client, 0, () -> false)));
    }

    /** The first arrival is due after hours. */
    @Test
    void stopEndsTheWaitForAnArrival() {
        var stop = new AtomicBoolean();
        LoadResult result = load(
                new FixedClient(() -> {
                    throw new AssertionError("nothing is due yet");
                }),
                1e-6,
                () -> stop.getAndSet(true));
        assertEquals(0, result.requests().requests());
    }

    /** One session, and an arrival rate of many: arrivals without a session are skipped and do not count as late. */
    @Test
    void arrivalsWithoutASessionDoNotDelayTheLastSessions() {
        var clock = new VirtualRequestClock();
        var playing = new AtomicReference<Thread>();
        var checksOfTheOther = new AtomicInteger();
        var client = new FixedClient(() -> {
            playing.set(Thread.currentThread());
            // before its third check, the connection without a session has found that no visit is due
            while (checksOfTheOther.get() < 4) {
                LockSupport.parkNanos(100_000);
            }
            clock.pass(100);
        });
        BooleanSupplier over = () -> {
            if (playing.get() != null && playing.get() != Thread.currentThread()) {
                checksOfTheOther.incrementAndGet();
            }
            return false;
        };
        RequestFigures figures =
                load(client, new LoadOptions(1, 0, 2, 1e6, 1), over, clock).requests();
        assertTrue(figures.requests() > 1, figures::toString);
        assertEquals(100, figures.latencies().getMaxValue() / 1e6, 1, "each request takes 100 ms, and none waits");
    }

    /** One connection, 50 ms per response, and a hundred times its capacity: the k-th request waits for k − 1 others. */
    @Test
    void latencyInAnOpenLoopCountsFromTheIntendedStart() {
        var clock = new VirtualRequestClock();
        var client = new FixedClient(() -> clock.pass(50));
        RequestFigures figures = load(client, new LoadOptions(10, 0, 1, 2000, 1), clock);
        long requests = figures.requests();
        double backlog = requests * (50 - 0.5);
        assertTrue(requests > 20, "requests: " + requests);
        assertEquals(backlog, figures.latencies().getMaxValue() / 1e6, 0.01 * backlog);
        assertEquals(backlog / 2, figures.latencies().getValueAtPercentile(50) / 1e6, 0.05 * backlog);
    }

    /** Some hundred arrivals, with fewer listeners than connections in one case: arrivals without a free listener wait. */
    @ParameterizedTest
    @CsvSource({"40, 16", "4, 32", "1, 1"})
    void openLoopKeepsItsRate(int sessions, int connections) {
        var clock = new VirtualRequestClock();
        long requests = 0;
        for (int seed = 1; seed <= 100 / sessions; seed++) {
            requests += load(new FixedClient(() -> {}), new LoadOptions(sessions, 0, connections, 100, seed), clock)
                    .requests();
        }
        double rate = requests / (clock.millis() / 1000);
        assertTrue(requests > 200, "requests: " + requests);
        assertEquals(100, rate, 15, "requests a second, of " + requests);
    }

    private static LoadResult load(NextTrackClient client, double rate, BooleanSupplier stop) {
        var options = new LoadOptions(1_000_000, 0, 2, rate, 1);
        return load(client, options, stop, RequestClock.SYSTEM);
    }

    private static RequestFigures load(NextTrackClient client, LoadOptions options, RequestClock clock) {
        return load(client, options, () -> false, clock).requests();
    }

    private static LoadResult load(
            NextTrackClient client, LoadOptions options, BooleanSupplier stop, RequestClock clock) {
        return new LoadSimulation(model(), WORLD.listeners(), () -> client, options, stop, ended -> {}, clock).run();
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
