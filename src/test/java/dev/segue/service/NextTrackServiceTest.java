package dev.segue.service;

import static dev.segue.service.TestService.START;
import static dev.segue.service.TestService.dryRun;
import static dev.segue.service.TestService.generation;
import static dev.segue.service.TestService.named;
import static dev.segue.service.TestService.ofAllTracks;
import static dev.segue.service.TestService.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.UniformRecommender;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NextTrackServiceTest {

    private static final Playback PLAYBACK = new Playback(1, 0.5);
    private static final Map<String, Recommender> TWO_ARMS = Map.of("C", only(3), "T1", only(5));

    private static String numbers(Event event) {
        return event.listener() + ": " + event.message().json() + " " + event.session() + "." + event.sequence();
    }

    private static List<String> numbers(List<Event> events) {
        return events.stream().map(NextTrackServiceTest::numbers).toList();
    }

    private static Exclude tracks(int... tracks) {
        return new Exclude(IntStream.of(tracks).boxed().toList(), List.of());
    }

    /** A recommender of track 3 that runs an action first. */
    private static Recommender after(Runnable action) {
        return new Recommender() {
            private final Recommender three = only(3);

            @Override
            public String name() {
                return three.name();
            }

            @Override
            public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
                action.run();
                return three.recommend(request, random);
            }

            @Override
            public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
                three.rank(request, random, ranking);
            }
        };
    }

    @Test
    void eventsOfAListenerAreNumberedAndLoggedInTheOrderOfTheirRequests() {
        var test = new TestService(ofAllTracks());
        assertEquals(1, test.next(1, null).position());
        assertEquals(2, test.next(1, PLAYBACK).position());
        assertEquals(3, test.next(2, PLAYBACK).position());
        assertEquals(4, test.next(1, PLAYBACK).position());
        assertEquals(List.of("1: start 1.1", "1: next 1.2", "2: next 1.1", "1: next 1.3"), numbers(test.log));
    }

    @Test
    void theEventHoldsTheRequestAndItsResponse() {
        var two = UniformRecommender.of("two", new int[] {4, 6});
        var test = new TestService(generation("1a2b3c4d", Experiment.ofEqualWeights("E", "C"), Map.of("C", two)));
        ServedEvent served = test.next(named(9, PLAYBACK, "r-1", 2, Exclude.NONE));
        int track = served.event().recommendation().track();
        var expected = new Event(
                Message.NEXT,
                START,
                ListenerId.of(9),
                PLAYBACK,
                0.25,
                new Recommendation(track, 0.5, 2, "two", 0),
                Arms.of("E", "C"),
                1,
                1,
                "1a2b3c4d",
                "r-1",
                List.of(track, 10 - track));
        assertEquals(List.of(expected), test.log);
        assertEquals(new ServedEvent(expected, null, 1), served);
    }

    @Test
    void theArmOfTheServingExperimentChoosesTheRecommender() {
        var experiment = Experiment.ofEqualWeights("E", "C", "T1");
        var test = new TestService(generation("g", experiment, TWO_ARMS));
        Set<String> arms = new TreeSet<>();
        for (long listener = 0; listener < 50; listener++) {
            Event event = test.next(listener, null).event();
            String arm =
                    Objects.requireNonNull(experiment.assign(event.listener())).name();
            arms.add(arm);
            assertEquals(Arms.of("E", arm), event.experiments());
            assertEquals(arm.equals("C") ? 3 : 5, event.recommendation().track());
        }
        assertEquals(Set.of("C", "T1"), arms);
    }

    @Test
    void theArmsOfAllExperimentsAreLogged() {
        var serving = Experiment.ofEqualWeights("E", "C", "T1");
        var other = Experiment.ofEqualWeights("OTHER", "C", "T1", "T2");
        var test = new TestService(generation("g", serving, TWO_ARMS, other));
        for (long listener = 0; listener < 50; listener++) {
            Event event = test.next(listener, null).event();
            Arm first = Objects.requireNonNull(serving.assign(event.listener()));
            Arm second = Objects.requireNonNull(other.assign(event.listener()));
            assertEquals(
                    new Arms(List.of("E", "OTHER"), List.of(first.name(), second.name()), List.of()),
                    event.experiments());
        }
    }

    @Test
    void listenersOutsideTheTrafficAreServedByControlAndLoggedWithoutAnArm() {
        var half = new Experiment("E", List.of(new Arm("C", 1), new Arm("T1", 1)), 0.5, Map.of());
        var other = Experiment.ofEqualWeights("OTHER", "C");
        var test = new TestService(generation("g", half, TWO_ARMS, other));
        Set<String> arms = new TreeSet<>();
        for (long listener = 0; listener < 100; listener++) {
            Event event = test.next(listener, null).event();
            String arm = String.valueOf(event.experiments().arm("E"));
            arms.add(arm);
            assertEquals("C", event.experiments().arm("OTHER"));
            assertEquals(half.assign(event.listener()) == null, arm.equals("null"));
            assertEquals(arm.equals("T1") ? 5 : 3, event.recommendation().track(), arm);
        }
        assertEquals(Set.of("C", "T1", "null"), arms);
    }

    @Test
    void forcedListenersAreServedByTheirArmAndLoggedAsForced() {
        var forced = new Experiment("E", List.of(new Arm("C", 1), new Arm("T1", 1)), 0, Map.of(1L, "T1", 2L, "C"));
        var test = new TestService(generation("g", forced, TWO_ARMS, Experiment.ofEqualWeights("OTHER", "C")));
        Event first = test.next(1, null).event();
        assertEquals(new Arms(List.of("E", "OTHER"), List.of("T1", "C"), List.of("E")), first.experiments());
        assertEquals(5, first.recommendation().track());
        Event second = test.next(2, null).event();
        assertEquals(new Arms(List.of("E", "OTHER"), List.of("C", "C"), List.of("E")), second.experiments());
        assertEquals(3, second.recommendation().track());
    }

    @Test
    void lastRecommendsNothingAndEndsTheSession() {
        var test = new TestService(ofAllTracks());
        test.next(1, null);
        Event last = test.last(1, PLAYBACK).event();
        assertEquals(Recommendation.NONE, last.recommendation());
        assertEquals(List.of(), last.recommendations());
        assertEquals(PLAYBACK, last.playback());
        test.next(1, PLAYBACK);
        assertEquals(List.of("1: start 1.1", "1: last 1.2", "1: next 2.1"), numbers(test.log));
    }

    @Test
    void aLongerSilenceThanTheTimeoutBeginsASession() {
        var test = new TestService(ofAllTracks());
        long timeout = TestService.SESSION_TIMEOUT.toMillis();
        test.next(1, PLAYBACK);
        test.now.addAndGet(timeout);
        test.next(1, PLAYBACK);
        test.now.addAndGet(timeout + 1);
        test.next(1, PLAYBACK);
        test.now.addAndGet(timeout + 1);
        test.last(1, PLAYBACK);
        assertEquals(List.of("1: next 1.1", "1: next 1.2", "1: next 2.1", "1: last 3.1"), numbers(test.log));
        assertEquals(
                List.of(START, START + timeout, START + 2 * timeout + 1, START + 3 * timeout + 2),
                test.log.stream().map(Event::timestamp).toList());
    }

    @Test
    void aRepeatedRequestIdGetsTheFirstResponseAndIsNotLoggedAgain() {
        var test = new TestService(ofAllTracks());
        ServedEvent start = test.next(named(1, null, "r-1"));
        ServedEvent next = test.next(named(1, PLAYBACK, "r-2", 3, Exclude.NONE));
        ServedEvent last = test.last(named(1, PLAYBACK, "r-3"));
        test.now.addAndGet(1000);
        assertSame(next, test.next(named(1, PLAYBACK, "r-2", 3, Exclude.NONE)));
        assertSame(start, test.next(named(1, null, "r-1")));
        assertSame(last, test.last(named(1, PLAYBACK, "r-3")));
        assertEquals(List.of("1: start 1.1", "1: next 1.2", "1: last 1.3"), numbers(test.log));
        assertEquals(3, test.memory.peek(1).sequence());
    }

    @Test
    void requestIdsOfListenersAreIndependent() {
        var test = new TestService(ofAllTracks());
        test.next(named(1, null, "r-1"));
        assertEquals(2, test.next(named(2, PLAYBACK, "r-1")).position());
    }

    @Test
    void anotherQueryUnderAUsedRequestIdIsRefusedAndLeavesNoTrace() {
        var test = new TestService(generation(only(3)));
        test.next(named(1, PLAYBACK, "r-1"));
        for (Runnable other : List.<Runnable>of(
                () -> test.last(named(1, PLAYBACK, "r-1")),
                () -> test.next(named(1, null, "r-1")),
                () -> test.next(named(1, new Playback(2, 0.5), "r-1")),
                () -> test.next(named(1, new Playback(1, 0.6), "r-1")),
                () -> test.next(named(1, PLAYBACK, "r-1", 1, Exclude.NONE)),
                () -> test.next(named(1, PLAYBACK, "r-1", 0, tracks(3))),
                () -> test.next(named(1, PLAYBACK, "r-1", 0, new Exclude(List.of(), List.of("A1")))))) {
            var refusal = assertThrows(RequestIdReusedException.class, other::run);
            assertEquals("r-1", refusal.requestId());
        }
        assertEquals(List.of("1: next 1.1"), numbers(test.log));
        assertEquals(1, test.memory.peek(1).size());
        assertEquals(1, test.next(named(1, PLAYBACK, "r-1")).position(), "the first query is repeated");
    }

    @Test
    void aRepeatMayExcludeTracksThatTheFirstResponseLacks() {
        var test = new TestService(generation(UniformRecommender.of("list", new int[] {2, 3, 4})));
        ServedEvent first = test.next(named(1, PLAYBACK, "r-1", 3, tracks(4)));
        assertSame(first, test.next(named(1, PLAYBACK, "r-1", 3, tracks(5))));
        assertSame(first, test.next(named(1, PLAYBACK, "r-1", 3, Exclude.NONE)));
        int second = first.event().recommendations().get(1);
        assertThrows(RequestIdReusedException.class, () -> test.next(named(1, PLAYBACK, "r-1", 3, tracks(second))));
    }

    @Test
    void excludedTracksAreNotRecommended() {
        var test = new TestService(ofAllTracks());
        for (int i = 0; i < 50; i++) {
            Event event = test.next(named(1, PLAYBACK, "r-" + i, 10, new Exclude(List.of(0, 2), List.of("A1"))))
                    .event();
            assertEquals(Set.of(4, 6, 8), Set.copyOf(event.recommendations()));
            assertEquals(event.recommendations().get(0), event.recommendation().track());
        }
    }

    @Test
    void aDryRunLeavesNoTraceAndGetsTheResponseOfTheSameRequest() {
        var test = new TestService(ofAllTracks());
        test.next(1, PLAYBACK);
        for (int i = 0; i < 20; i++) {
            int before = test.log.size();
            ServedEvent dry = test.next(dryRun(1, PLAYBACK, 5, Exclude.NONE));
            assertEquals(0, dry.position());
            assertEquals(before, test.log.size());
            Event real =
                    test.next(named(1, PLAYBACK, "r-" + i, 5, Exclude.NONE)).event();
            assertEquals(real.recommendation(), dry.event().recommendation());
            assertEquals(real.recommendations(), dry.event().recommendations());
            assertEquals(numbers(real), numbers(dry.event()));
        }
        test.next(dryRun(2, PLAYBACK, 0, Exclude.NONE));
        assertEquals(1, test.memory.size(), "a dry run adds no listener");
        assertEquals(0, test.memory.peek(2).session());
    }

    @Test
    void aRequestThatExcludesEverythingAddsNoListener() {
        var test = new TestService(ofAllTracks());
        var everything = new Exclude(List.of(), List.of("A0", "A1"));
        var refusal =
                assertThrows(EverythingExcludedException.class, () -> test.next(named(1, null, "r-1", 0, everything)));
        assertEquals(
                "exclude leaves none of the catalog's 10 tracks; exclude fewer tracks or artists",
                refusal.getMessage());
        assertThrows(EverythingExcludedException.class, () -> test.next(dryRun(1, null, 0, everything)));
        assertEquals(0, test.memory.size());
        assertEquals(List.of(), test.log);
        assertEquals(1, test.next(named(1, PLAYBACK, "r-1")).position(), "the request id is unused");
    }

    @Test
    void aRankingBeginsWithTheRecommendedTrack() {
        var test = new TestService(ofAllTracks());
        Set<Integer> heads = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Event event =
                    test.next(named(1, PLAYBACK, "r-" + i, 4, Exclude.NONE)).event();
            assertEquals(4, Set.copyOf(event.recommendations()).size());
            assertEquals(event.recommendations().get(0), event.recommendation().track());
            heads.add(event.recommendation().track());
        }
        assertEquals(
                List.of(), test.next(1, PLAYBACK).event().recommendations(), "without a count there is no ranking");
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), heads);
    }

    @Test
    void onlyARequestForAnExplanationGetsOne() {
        var test = new TestService(ofAllTracks());
        test.next(1, new Playback(2, 1));
        var query = new NextTrackQuery(ListenerId.of(1), PLAYBACK, null, 0, true, false, tracks(7));
        Explanation explanation = test.next(query).explanation();
        assertNotNull(explanation);
        assertEquals(List.of(new Playback(2, 1), PLAYBACK), explanation.played());
        assertEquals(List.of(7), explanation.effects().get(0).tracks());
        assertNull(test.next(1, PLAYBACK).explanation());
    }

    @Test
    void aRequestKeepsItsGenerationWhileAnotherIsPutInService() {
        List<Runnable> meanwhile = new ArrayList<>();
        var old = generation(
                "old",
                Experiment.ofEqualWeights("OLD", "C"),
                Map.of("C", after(() -> meanwhile.forEach(Runnable::run))));
        var next = generation("new", Experiment.ofEqualWeights("NEW", "C"), Map.of("C", only(5)));
        var test = new TestService(old);
        meanwhile.add(() -> test.service.serve(next));
        Event first = test.next(1, null).event();
        assertEquals("old", first.generation());
        assertEquals(Arms.of("OLD", "C"), first.experiments());
        assertEquals(3, first.recommendation().track());
        Event second = test.next(1, PLAYBACK).event();
        assertEquals("new", second.generation());
        assertEquals(Arms.of("NEW", "C"), second.experiments());
        assertEquals(5, second.recommendation().track());
        assertEquals("1: next 1.2", numbers(second), "histories outlive generations");
    }

    @Test
    void aRequestThatCannotBeLoggedIsNotRemembered() {
        List<Event> logged = new ArrayList<>();
        var refusals = new AtomicInteger();
        var memory = new ListeningMemory<ServedEvent>(TestService.LIMITS, ServedEvent::bytes);
        var test = new TestService(ofAllTracks(), memory, event -> {
            if (refusals.getAndDecrement() > 0) {
                throw new IllegalStateException("the event log is closed");
            }
            logged.add(event);
            return logged.size();
        });
        refusals.set(1);
        assertThrows(IllegalStateException.class, () -> test.next(named(1, null, "r-1")));
        assertEquals(0, memory.size());
        assertEquals(1, test.next(named(1, null, "r-1")).position(), "the retry is the first of its id");
        refusals.set(2);
        assertThrows(IllegalStateException.class, () -> test.next(named(1, PLAYBACK, "r-2")));
        assertThrows(IllegalStateException.class, () -> test.last(named(1, PLAYBACK, "r-3")));
        test.next(named(1, PLAYBACK, "r-2"));
        assertEquals(List.of("1: start 1.1", "1: next 1.2"), numbers(logged), "no gap and no second session");
        assertEquals(1, memory.peek(1).size(), "the playback counts once");
    }

    @Test
    void aRequestWhoseRecommenderFailsIsNotRememberedAndNotLogged() {
        var failures = new AtomicInteger();
        var test = new TestService(generation(after(() -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("a failing recommender, meant by this test");
            }
        })));
        test.next(1, null);
        failures.set(1);
        assertThrows(IllegalStateException.class, () -> test.next(named(1, PLAYBACK, "r-1")));
        assertEquals(1, test.log.size());
        test.next(named(1, PLAYBACK, "r-1"));
        assertEquals(List.of("1: start 1.1", "1: next 1.2"), numbers(test.log));
        assertEquals(1, test.memory.peek(1).size(), "the playback counts once");
    }

    @Test
    void concurrentRequestsOfListenersAreLoggedInOrderWithoutGaps() throws Exception {
        int threads = 8;
        int requests = 500;
        var test = new TestService(ofAllTracks());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        var together = new CountDownLatch(threads);
        List<Future<List<ServedEvent>>> results = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            results.add(pool.submit(() -> {
                together.countDown();
                together.await();
                List<ServedEvent> served = new ArrayList<>();
                for (int i = 0; i < requests; i++) {
                    served.add(test.next(i % 2, PLAYBACK));
                }
                return served;
            }));
        }
        for (Future<List<ServedEvent>> result : results) {
            for (ServedEvent served : result.get()) {
                assertSame(served.event(), test.log.get((int) served.position() - 1));
            }
        }
        pool.shutdown();
        for (long listener = 0; listener < 2; listener++) {
            ListenerId id = ListenerId.of(listener);
            assertEquals(
                    IntStream.rangeClosed(1, threads * requests / 2).boxed().toList(),
                    test.log.stream()
                            .filter(event -> event.listener().equals(id))
                            .map(Event::sequence)
                            .toList());
        }
    }
}
