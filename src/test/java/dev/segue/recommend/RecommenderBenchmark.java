package dev.segue.recommend;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.catalog.Tracks;
import dev.segue.embedding.Context;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.EmbeddingScorer;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.ServedModel;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures the time and memory of a recommendation with 50,000 tracks of 50 neighbours each, with the server's random streams. Targets:
 * less than 200 ns and 100 bytes; less than 20 µs for the embedding model with 100 candidates. Run it with scripts/bench-jmh.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecommenderBenchmark {

    private static final int TRACKS = 50_000;
    private static final int NEIGHBOURS = 50;
    private static final int ARTISTS = 5_000;
    private static final int LISTENERS = 10_000;
    private static final int REQUESTS = 1 << 14;
    private static final int WARM_UP_CALLS = 20_000;
    private static final String CHAIN = "third-fallback";
    private static final String MODEL = "new by its model";
    private static final int DIMENSIONS = 100;

    @Param({"contextual", "new", "indexed", "top-pop", "sticky-artist", "random", CHAIN, MODEL})
    @SuppressWarnings("NullAway.Init") // JMH sets it
    String name;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private Recommender recommender;

    private final NextTrackRequest[] requests = new NextTrackRequest[REQUESTS];
    private int requestCount;

    @Setup
    public void load(Blackhole blackhole) throws IOException {
        Map<String, Recommender> all = recommenders(catalog());
        makeRequests(0, 0);
        for (Recommender each : all.values()) {
            call(each, blackhole); // makes every call site megamorphic, as in a server with many arms
        }
        recommender = Objects.requireNonNull(all.get(name));
        if (name.equals(CHAIN)) {
            makeRequests(LISTENERS, TRACKS); // listeners and tracks that are not in the catalog
            int depth = recommend().fallback();
            if (depth != 3) {
                throw new IllegalStateException("expected fallback 3, got " + depth);
            }
        }
    }

    private void call(Recommender each, Blackhole blackhole) {
        recommender = each;
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            blackhole.consume(recommend());
        }
    }

    @Benchmark
    public Recommendation recommend() {
        NextTrackRequest request = requests[requestCount++ & (REQUESTS - 1)];
        var history = request.history();
        return recommender.recommend(
                request, new KeyedRandom(0, request.listener(), history.session(), history.sequence()));
    }

    private static Catalog catalog() throws IOException {
        Path folder = Files.createTempDirectory("segue-benchmark");
        var files = new CatalogFiles(
                folder.resolve("tracks.json"),
                folder.resolve("tracks_nn.json"),
                null,
                folder.resolve("top.json"),
                folder.resolve("listeners.json"));
        List<Path> all = List.of(
                files.tracksCatalog(),
                Objects.requireNonNull(files.tracksCatalogNn()),
                Objects.requireNonNull(files.topTracks()),
                Objects.requireNonNull(files.recommendations()));
        try {
            writeTracks(all.get(0), 997);
            writeTracks(all.get(1), 4_999);
            TrackCatalogWriter.writeTopTracks(all.get(2), list(0, 997));
            TrackCatalogWriter.writeListenerLists(
                    all.get(3),
                    LongStream.range(0, LISTENERS).mapToObj(ListenerId::of),
                    listener -> list((int) listener.key(), 1_999));
            return Catalog.load(files);
        } finally {
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        }
    }

    private static void writeTracks(Path file, int step) {
        TrackCatalogWriter.writeTracks(
                file,
                IntStream.range(0, TRACKS),
                track -> "Artist " + track % ARTISTS,
                track -> "Title " + track,
                track -> list(track, step));
    }

    /** Distinct tracks spread over the catalog; the step is coprime with the number of tracks. */
    private static int[] list(int start, int step) {
        int[] list = new int[NEIGHBOURS];
        Arrays.setAll(list, i -> (int) ((start + (i + 1L) * step) % TRACKS));
        return list;
    }

    private static Map<String, Recommender> recommenders(Catalog catalog) {
        var contextual = UniformRecommender.ofNeighbours("contextual", catalog.neighbours());
        var indexed = UniformRecommender.ofListenerLists("indexed", catalog.listenerLists());
        var random = UniformRecommender.of("random", allOf(catalog.tracks()));
        return Map.of(
                "contextual",
                contextual,
                "new",
                UniformRecommender.ofNeighbours("new", catalog.treatmentNeighbours()),
                "indexed",
                indexed,
                "top-pop",
                UniformRecommender.of("top-pop", catalog.topTracks()),
                "sticky-artist",
                UniformRecommender.ofArtist("sticky-artist", catalog.tracks()),
                "random",
                random,
                CHAIN,
                contextual
                        .orElse(indexed)
                        .orElse(UniformRecommender.of("top-pop", new int[0]))
                        .orElse(random),
                MODEL,
                new EmbeddingRecommender(
                        MODEL,
                        scorer(),
                        catalog.treatmentNeighbours(),
                        catalog.listenerLists(),
                        catalog.tracks(),
                        Exploration.NONE));
    }

    private static EmbeddingScorer scorer() {
        var random = new KeyedRandom(1, 2, 3, 4);
        var model = new EmbeddingModel(
                ModelType.NEW,
                randomMatrix(TRACKS, DIMENSIONS, random),
                randomMatrix(TRACKS, DIMENSIONS, random),
                randomMatrix(LISTENERS, DIMENSIONS, random),
                randomMatrix(1, DIMENSIONS + 1, random));
        int[] counts = new int[TRACKS];
        Arrays.fill(counts, 1);
        List<ListenerId> listeners =
                LongStream.range(0, LISTENERS).mapToObj(ListenerId::of).toList();
        return new EmbeddingScorer(new ServedModel(
                model,
                Context.FIRST,
                0.8,
                TrackRows.identity(TRACKS),
                new IntMatrix(TRACKS, 1, counts),
                listeners,
                null,
                ""));
    }

    private static FloatMatrix randomMatrix(int rows, int columns, RandomGenerator random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        return new FloatMatrix(rows, columns, values);
    }

    private static int[] allOf(Tracks tracks) {
        int[] all = new int[tracks.size()];
        Arrays.setAll(all, tracks::idAt);
        return all;
    }

    private void makeRequests(long firstListener, int firstTrack) {
        RandomGenerator random = new KeyedRandom(1, 0, 0, 0);
        var memory = new ListeningMemory<Void>(new HistoryLimits(1, 10, Duration.ofMinutes(30)));
        for (int i = 0; i < REQUESTS; i++) {
            long listener = firstListener + random.nextInt(LISTENERS);
            var last = new Playback(firstTrack + random.nextInt(TRACKS), 1);
            var history = memory.peek(listener);
            history.next(last, 0);
            requests[i] = new NextTrackRequest(listener, last, history);
        }
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RecommenderBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
