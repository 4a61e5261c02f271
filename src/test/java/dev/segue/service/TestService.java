package dev.segue.service;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.event.EventSink;
import dev.segue.experiment.Arm;
import dev.segue.experiment.Experiment;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.UniformRecommender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service over the tracks 0 to 9, with a log in memory and a clock that tests set. */
final class TestService {

    static final Duration SESSION_TIMEOUT = Duration.ofMinutes(30);
    static final HistoryLimits LIMITS = new HistoryLimits(1000, 4, SESSION_TIMEOUT);

    /** The first requests' time, in ms since 1970. */
    static final long START = 1_746_994_263_928L;

    private static final long NANOS = 250_000_000;
    private static final long SEED = 7;
    private static final Catalog CATALOG = catalog();

    final AtomicLong now = new AtomicLong(START);
    final List<Event> log = Collections.synchronizedList(new ArrayList<>());
    final ListeningMemory<ServedEvent> memory;
    final NextTrackService service;

    /** Creates a service without histories that appends to {@link #log}. */
    TestService(Generation generation) {
        this(generation, new ListeningMemory<>(LIMITS, ServedEvent::bytes), null);
    }

    /** @param sink receives the events; null for {@link #log} */
    TestService(Generation generation, ListeningMemory<ServedEvent> memory, @Nullable EventSink sink) {
        this.memory = memory;
        service = new NextTrackService(
                generation,
                memory,
                sink == null ? this::append : sink,
                () -> Instant.ofEpochMilli(now.get()),
                () -> NANOS,
                SEED);
    }

    private long append(Event event) {
        synchronized (log) {
            log.add(event);
            return log.size();
        }
    }

    private static Catalog catalog() {
        try {
            Path file = Files.createTempFile("tracks", ".json");
            var lines = new StringBuilder();
            for (int track = 0; track < 10; track++) {
                lines.append("{\"track\":" + track + ",\"artist\":\"A" + track % 2 + "\"}\n");
            }
            Files.writeString(file, lines);
            Catalog catalog = Catalog.load(CatalogFiles.of(file));
            Files.delete(file);
            return catalog;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One recommender for all listeners. */
    static Generation generation(Recommender recommender) {
        return generation("generation", Experiment.ofEqualWeights("E", "C"), Map.of("C", recommender));
    }

    /** A draw from all tracks, for all listeners. */
    static Generation ofAllTracks() {
        return generation(UniformRecommender.ofAll("random", CATALOG.tracks()));
    }

    /** Returns a generation whose first experiment serves with these recommenders by arm; the others are only logged. */
    static Generation generation(
            String id, Experiment serving, Map<String, Recommender> recommenders, Experiment... others) {
        var served = new ServedExperiment(serving, recommenders);
        List<ServedExperiment> all = new ArrayList<>(List.of(served));
        for (Experiment other : others) {
            all.add(new ServedExperiment(
                    other, other.arms().stream().collect(Collectors.toMap(Arm::name, arm -> only(0)))));
        }
        return new Generation(id, CATALOG, all, served);
    }

    /** A recommender of one track. */
    static Recommender only(int track) {
        return UniformRecommender.of("only-" + track, new int[] {track});
    }

    ServedEvent next(NextTrackQuery query) {
        return service.next(service.generation(), query, 0);
    }

    ServedEvent next(long listener, @Nullable Playback last) {
        return next(NextTrackQuery.of(ListenerId.of(listener), last));
    }

    ServedEvent last(long listener, Playback last) {
        return last(NextTrackQuery.of(ListenerId.of(listener), last));
    }

    ServedEvent last(NextTrackQuery query) {
        return service.last(service.generation(), query, 0);
    }

    /** A query with a request id. */
    static NextTrackQuery named(long listener, @Nullable Playback last, String requestId) {
        return named(listener, last, requestId, 0, Exclude.NONE);
    }

    static NextTrackQuery named(long listener, @Nullable Playback last, String requestId, int count, Exclude exclude) {
        return new NextTrackQuery(ListenerId.of(listener), last, requestId, count, false, false, exclude);
    }

    /** A dry run. */
    static NextTrackQuery dryRun(long listener, @Nullable Playback last, int count, Exclude exclude) {
        return new NextTrackQuery(ListenerId.of(listener), last, null, count, false, true, exclude);
    }
}
