package dev.segue.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.experiment.Experiment;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.UniformRecommender;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.ServedEvent;
import dev.segue.service.ServedExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new generation handles recent requests before it serves, without a trace. */
class WarmUpTest {

    private static final int LISTENERS = 1_500;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger logged = new AtomicInteger();
    private final List<Integer> played = new ArrayList<>();
    private final ListeningMemory<ServedEvent> memory =
            new ListeningMemory<>(new HistoryLimits(10_000, 4, Duration.ofMinutes(30)));
    private long nanosPerRequest;

    @SuppressWarnings("NullAway.Init") // created before each test
    private Generation next;

    @SuppressWarnings("NullAway.Init") // created before each test
    private NextTrackService service;

    /** A draw from all tracks that takes time and records the track played last. */
    private final class Recording implements Recommender {

        private final Recommender draw;

        Recording(Recommender draw) {
            this.draw = draw;
        }

        @Override
        public String name() {
            return draw.name();
        }

        @Override
        public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
            nanos.addAndGet(nanosPerRequest);
            played.add(request.history().track(0));
            return draw.recommend(request, random);
        }

        @Override
        public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
            draw.rank(request, random, ranking);
        }
    }

    @BeforeEach
    void play() throws IOException {
        Path file = Files.writeString(folder.resolve("tracks.json"), "{\"track\":1}\n{\"track\":2}\n");
        Catalog catalog = Catalog.load(CatalogFiles.of(file));
        Recommender draw = UniformRecommender.ofAll("random", catalog.tracks());
        next = generation(catalog, new Recording(draw));
        service = new NextTrackService(
                generation(catalog, draw),
                memory,
                event -> logged.incrementAndGet(),
                InstantSource.system(),
                nanos::get,
                1);
        for (int listener = 0; listener < LISTENERS; listener++) {
            NextTrackQuery query = NextTrackQuery.of(ListenerId.of(listener), new Playback(1 + listener % 2, 0.5));
            var unused = service.next(service.generation(), query, 0);
        }
        logged.set(0);
    }

    private static Generation generation(Catalog catalog, Recommender recommender) {
        var served = new ServedExperiment(Experiment.ofEqualWeights("E", "C"), Map.of("C", recommender));
        return new Generation(recommender.name(), catalog, List.of(served), served, false);
    }

    @Test
    void theNewGenerationHandlesTheSessionsOfRecentListeners() {
        int requests = warmUp();
        assertTrue(requests > WarmUp.MAX_REQUESTS * 0.9 && requests <= WarmUp.MAX_REQUESTS, "requests: " + requests);
        assertEquals(requests, played.size());
        assertTrue(played.contains(1) && played.contains(2));
    }

    @Test
    void nothingIsLoggedOrRemembered() {
        int listeners = memory.size();
        int sequence = memory.peek(7).sequence();
        warmUp();
        assertEquals(0, logged.get());
        assertEquals(listeners, memory.size());
        assertEquals(sequence, memory.peek(7).sequence());
        assertEquals(1, memory.peek(7).size());
    }

    @Test
    void itEndsAfterItsTime() {
        nanosPerRequest = WarmUp.MAX_TIME.toNanos() / 4;
        assertEquals(4, warmUp());
    }

    @Test
    void withoutListenersThereIsNothingToHandle() {
        var empty = new ListeningMemory<ServedEvent>(memory.limits());
        assertEquals(0, new WarmUp(service, empty, nanos::get).run(next).requests());
    }

    private int warmUp() {
        return new WarmUp(service, memory, nanos::get).run(next).requests();
    }
}
