package dev.segue.catalog;

import dev.segue.catalog.LineChunks.Chunk;
import dev.segue.json.JsonCursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the loading of two catalogs of 50,000 tracks with 50 neighbours each, by the byte-level parser and by
 * Jackson, and look-ups of neighbours. {@code load*} and {@code parse*} measure a server's start in single-shot mode
 * ({@code -bm ss -wi 0 -i 1 -f 10}), and a reload in average time. Run it with scripts/bench-jmh.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CatalogBenchmark {

    private static final int TRACKS = 50_000;
    private static final int NEIGHBOURS = 50;
    private static final int LOOKUPS = 1_000;

    private Path folder = Path.of("");
    private CatalogFiles files = CatalogFiles.of(folder);
    private byte[] lines = {};
    private final long[] keys = new Random(3).longs(LOOKUPS, 0, TRACKS).toArray();
    private IdLists dense = IdLists.EMPTY;
    private IdLists sparse = IdLists.EMPTY;

    @Setup(Level.Trial)
    public void writeCatalogs() throws IOException {
        folder = Files.createTempDirectory("catalog-benchmark");
        var random = new Random(1);
        for (String name : new String[] {"tracks.json", "nn.json"}) {
            TrackCatalogWriter.writeTracks(
                    folder.resolve(name),
                    IntStream.range(0, TRACKS),
                    track -> "Artist " + track / 10,
                    track -> "Title of number " + track,
                    track -> random.ints(NEIGHBOURS, 0, TRACKS).toArray());
        }
        files = new CatalogFiles(folder.resolve("tracks.json"), folder.resolve("nn.json"), null, null, null);
        lines = Files.readAllBytes(files.tracksCatalog());
        int[] offsets =
                IntStream.rangeClosed(0, TRACKS).map(row -> row * NEIGHBOURS).toArray();
        int[] ids = random.ints(TRACKS * NEIGHBOURS, 0, TRACKS).toArray();
        dense = IdLists.of(IntStream.range(0, TRACKS).asLongStream().toArray(), offsets, ids);
        sparse = IdLists.of(
                IntStream.range(0, TRACKS).mapToLong(row -> TRACKS - 1 - row).toArray(), offsets, ids);
    }

    @TearDown(Level.Trial)
    public void deleteCatalogs() throws IOException {
        Files.delete(files.tracksCatalog());
        Files.delete(folder.resolve("nn.json"));
        Files.delete(folder);
    }

    /** Loads both files with all checks on all cores, like a server. */
    @Benchmark
    public Catalog loadTwoCatalogs() {
        return Catalog.load(files);
    }

    /** Parses one file from memory on one core. */
    @Benchmark
    public Rows parseBytes() throws IOException {
        var chunks = new LineChunks(new ByteArrayInputStream(lines));
        var chunk = new Chunk(1 << 18);
        var parser = new TrackLineParser("TRACKS_CATALOG", 0);
        while (chunks.next(chunk)) {
            var json = new JsonCursor(chunk.bytes(), chunk.length());
            while (json.nextLine()) {
                parser.read(json);
                json.endLine();
            }
        }
        return parser.takeRows();
    }

    /** Like {@link #parseBytes} with Jackson's streaming parser. */
    @Benchmark
    public JacksonTrackLines parseJackson() {
        var rows = new JacksonTrackLines();
        rows.read(lines, lines.length);
        return rows;
    }

    /** Looks up a thousand tracks and their first neighbours, with consecutive ids. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public int lookUpThousandDense() {
        return lookUp(dense);
    }

    /** Like {@link #lookUpThousandDense} with the open-addressing table. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public int lookUpThousandSparse() {
        return lookUp(sparse);
    }

    private int lookUp(IdLists lists) {
        int sum = 0;
        for (long key : keys) {
            sum += lists.get(lists.row(key), 0);
        }
        return sum;
    }
}
