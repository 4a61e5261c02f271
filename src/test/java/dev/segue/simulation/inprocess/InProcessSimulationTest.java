package dev.segue.simulation.inprocess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventSink;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import dev.segue.simulation.ArmResult;
import dev.segue.simulation.ListenerModel;
import dev.segue.simulation.NextTrackClient;
import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.Oracle;
import dev.segue.simulation.PairedComparison;
import dev.segue.simulation.RandomVisits;
import dev.segue.simulation.SessionRules;
import dev.segue.world.World;
import dev.segue.world.WorldRecipe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InProcessSimulationTest {

    private static final World WORLD = WorldRecipe.of(500, 40, 6).generate();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void sameSeedGivesTheSameEventsForAnyNumberOfThreads() {
        List<Event> one = simulate(1, 1, 300);
        assertEquals(one, simulate(1, 3, 300));
        assertEquals(one, simulate(1, 3, 7), "batches do not matter either");
        assertTrue(one.size() > 300 * 5);
    }

    @Test
    void anotherSeedGivesOtherEvents() {
        assertTrue(!simulate(1, 1, 300).equals(simulate(2, 1, 300)));
    }

    @Test
    void eventsAreLoggedInTimeOrder() {
        long last = 0;
        for (Event event : simulate(1, 2, 50)) {
            assertTrue(event.timestamp() >= last);
            last = event.timestamp();
        }
    }

    @Test
    void listenersHaveOneSessionAtATimeAndEndIt() {
        Map<Long, Event> lastEvents = new HashMap<>();
        int ended = 0;
        for (Event event : simulate(1, 2, 50)) {
            Event previous = lastEvents.get(event.listener().key());
            if (previous != null) {
                assertEquals(previous.session(), event.session());
                assertTrue(event.timestamp() > previous.timestamp());
            }
            if (event.message() == Message.LAST) {
                lastEvents.remove(event.listener().key());
                ended++;
            } else {
                lastEvents.put(event.listener().key(), event);
            }
        }
        assertEquals(Map.of(), lastEvents);
        assertEquals(300, ended);
    }

    @Test
    void armsWithTheSamePolicyDoNotDifferInAPairedSimulation() {
        try (var simulation = simulation(new Uniform(500, 500), true, 1, null)) {
            simulation.play(visits().range(0, 300), Long.MAX_VALUE);
            List<ArmResult> results = simulation.results();
            PairedComparison comparison = results.get(1).comparison();
            assertNotNull(comparison);
            assertEquals(0, comparison.difference().mean());
            assertEquals(0, comparison.pairedVariance());
            assertTrue(comparison.unpairedVariance() > 0);
            assertEquals(300, results.get(0).sessions());
            assertEquals(300, results.get(1).sessions());
        }
    }

    @Test
    void clonesStartTheirSessionsWithTheSameTracks() {
        var server = new Uniform(10, 500);
        try (var simulation = simulation(server, true, 1, null)) {
            simulation.play(visits().range(0, 100), Long.MAX_VALUE);
        }
        List<Integer> firsts = server.firstTracks;
        assertEquals(200, firsts.size());
        for (int pair = 0; pair < firsts.size(); pair += 2) {
            assertEquals(firsts.get(pair), firsts.get(pair + 1));
        }
    }

    @Test
    void oracleHasALongerTimeInTheSameSessions() {
        try (var simulation = simulation(new Uniform(500, 500), false, 2, null)) {
            simulation.play(visits().range(0, 300), Long.MAX_VALUE);
            for (ArmResult result : simulation.results()) {
                assertTrue(result.percentOfOracle() > 1 && result.percentOfOracle() < 50, result.toString());
                assertTrue(result.regret() > 10, result.toString());
            }
        }
    }

    @Test
    void unknownTrackEndsTheSimulationWithAMessage() {
        try (var simulation = simulation(new Uniform(501, 502), false, 1, null)) {
            var failure = assertThrows(
                    NextTrackException.class, () -> simulation.play(visits().range(0, 300), Long.MAX_VALUE));
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("is not one of the world's 500 tracks"),
                    failure.getMessage());
        }
    }

    private static RandomVisits visits() {
        return new RandomVisits(1, 40, 300, START, Duration.ofDays(1));
    }

    @Test
    void stopEndsTheSimulationBetweenTwoSessions() {
        try (var simulation = simulation(new Uniform(500, 100), false, 1, null)) {
            assertEquals(10, simulation.play(visits().range(0, 10), 0));
            stop.set(true);
            assertEquals(0, simulation.play(visits().range(10, 20), Long.MAX_VALUE));
            assertEquals(
                    10,
                    simulation.results().stream().mapToLong(ArmResult::sessions).sum());
        }
    }

    private InProcessSimulation simulation(
            InProcessServer server, boolean paired, int threads, @Nullable EventSink log) {
        return simulation(server, paired, 1, threads, log);
    }

    private InProcessSimulation simulation(
            InProcessServer server, boolean paired, long seed, int threads, @Nullable EventSink log) {
        var model = new ListenerModel(
                WORLD.embeddings(),
                WORLD.tracks().stream().mapToInt(World.Track::artist).toArray(),
                WORLD.listeners(),
                SessionRules.REFERENCE.cutAt(50));
        return new InProcessSimulation(
                model, WORLD.listeners(), server, paired, new Oracle(model), seed, threads, log, stop::get);
    }

    private List<Event> simulate(long seed, int threads, int batch) {
        List<Event> events = new ArrayList<>();
        EventSink sink = event -> {
            events.add(event);
            return events.size();
        };
        try (var simulation = simulation(new Uniform(500, 100), false, seed, threads, sink)) {
            for (int from = 0; from < 300; from += batch) {
                int to = Math.min(300, from + batch);
                simulation.play(
                        visits().range(from, to),
                        visits().range(to, to + 1).get(0).millis());
            }
        }
        return events;
    }

    /** Two arms that draw uniformly from the first tracks of the world. */
    private static final class Uniform implements InProcessServer {

        private final List<Integer> firstTracks = new ArrayList<>(); // for tests with one thread
        private final int[] sizes;

        Uniform(int... sizes) {
            this.sizes = sizes;
        }

        @Override
        public List<String> arms() {
            return List.of("C", "T1");
        }

        @Override
        public int arm(ListenerId listener, long session) {
            return (int) (listener.key() % 2);
        }

        @Override
        public List<NextTrackClient> clients(InstantSource clock, EventSink log) {
            Map<Long, long[]> counts = new HashMap<>(); // listener → session, sequence
            return List.of(new Client(0, counts, clock, log), new Client(1, counts, clock, log));
        }

        @Override
        public NextTrackClient client(int arm, InstantSource clock, EventSink log) {
            return clients(clock, log).get(arm);
        }

        private final class Client implements NextTrackClient {

            private final int arm;
            private final Map<Long, long[]> counts;
            private final InstantSource clock;
            private final EventSink log;

            Client(int arm, Map<Long, long[]> counts, InstantSource clock, EventSink log) {
                this.arm = arm;
                this.counts = counts;
                this.clock = clock;
                this.log = log;
            }

            @Override
            public int next(ListenerId listener, int track, double time) {
                long[] count = counts.computeIfAbsent(listener.key(), key -> new long[2]);
                if (count[1] == 0) {
                    synchronized (firstTracks) {
                        firstTracks.add(track);
                    }
                }
                int next = new KeyedRandom(9, listener.key(), count[0], count[1]).nextInt(sizes[arm]);
                int recommendation = sizes[arm] > 500 ? sizes[arm] : next;
                append(Message.NEXT, listener, track, time, recommendation, count);
                return recommendation;
            }

            @Override
            public void last(ListenerId listener, int track, double time) {
                long[] count = counts.computeIfAbsent(listener.key(), key -> new long[2]);
                append(Message.LAST, listener, track, time, Recommendation.NO_TRACK, count);
                count[0]++;
                count[1] = 0;
            }

            private void append(
                    Message message, ListenerId listener, int track, double time, int recommendation, long[] count) {
                log.append(new Event(
                        message,
                        clock.millis(),
                        listener,
                        new Playback(track, time),
                        0,
                        Recommendation.ofUnknownOrigin(recommendation),
                        Arms.of("TEST", arms().get(arm)),
                        count[0] + 1,
                        (int) ++count[1],
                        null,
                        null,
                        List.of()));
            }
        }
    }
}
