package dev.segue.catalog;

import dev.segue.catalog.ListFilter.Filtered;
import dev.segue.file.FileException;
import dev.segue.file.InputFile;
import dev.segue.file.LineInput;
import dev.segue.id.KeyIndex;
import dev.segue.id.TrackIdReader;
import dev.segue.id.TrackIds;
import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** Loads a catalog in two steps: reads each file, then filters each list by the tracks of all files. */
final class CatalogLoader {

    private static final int NAMED = TrackLineParser.ARTIST | TrackLineParser.TITLE;
    private static final String BAD_TOP_TRACKS = "top tracks must be one array of track ids, each " + TrackIds.FORM;

    /** The content of a file and the checksum of its bytes. */
    private record Content<T>(T value, long checksum) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record TopTracks(String name, int[] ids) {}

    /**
     * An open file.
     *
     * @param in positioned at the start
     * @param checksum of the bytes read
     */
    private record Source(String setting, Path file, InputStream in, LineBytes checksum) {

        boolean isNpy() throws IOException {
            return NpyFile.isAtStart(in);
        }

        InputStream bytes() {
            return new CheckedInputStream(in, checksum);
        }

        List<Rows> rows(LineParser parser) throws IOException {
            return parse(in, parser);
        }

        private List<Rows> parse(InputStream content, LineParser parser) throws IOException {
            LineInput lines = LineInput.of(file, content);
            return JsonLines.read(
                    new CheckedInputStream(lines.stream(), checksum),
                    parser,
                    line -> lines.location(String.valueOf(file.getFileName()), line));
        }

        /** The rows that a cache keeps of the same lines, or else the parsed rows, which it keeps for the next time. */
        List<Rows> rows(LineParser parser, RowCache cache) throws IOException {
            if (!cache.keeps(file)) {
                return rows(parser);
            }
            try (var all = bytes()) {
                all.transferTo(OutputStream.nullOutputStream());
            }
            Optional<Rows> kept = cache.find(setting, checksum);
            if (kept.isPresent()) {
                return List.of(kept.get());
            }
            long count = checksum.count();
            long value = checksum.getValue();
            checksum.reset();
            try (InputStream again = InputFile.open(file)) {
                List<Rows> parts = parse(again, parser);
                if (checksum.count() == count && checksum.getValue() == value) {
                    // else the file has its lines in another form, or was replaced meanwhile
                    cache.put(setting, checksum, parts);
                }
                return parts;
            }
        }
    }

    private interface Reader<T> {
        T read(Source source) throws IOException;
    }

    private final ForkJoinPool pool;
    private final RowCache cache;

    private CatalogLoader(ForkJoinPool pool, RowCache cache) {
        this.pool = pool;
        this.cache = cache;
    }

    static Catalog load(CatalogFiles files, IntPredicate known, int threads, RowCache cache) {
        // A temporary pool, since the common pool may be busy or have a single thread.
        var pool = new ForkJoinPool(threads);
        try {
            return new CatalogLoader(pool, cache).read(files, known);
        } finally {
            pool.shutdownNow();
        }
    }

    private Catalog read(CatalogFiles files, IntPredicate known) {
        var metadata =
                start("TRACKS_METADATA", files.tracksMetadata(), source -> tracks(source, NAMED, Optional.empty()));
        var catalog = start("TRACKS_CATALOG", files.tracksCatalog(), source -> tracks(source, 0, rowsOf(metadata)));
        var catalogNn =
                start("TRACKS_CATALOG_NN", files.tracksCatalogNn(), source -> tracks(source, 0, rowsOf(metadata)));
        var topTracks = start("TOP_TRACKS", files.topTracks(), CatalogLoader::topTracks);
        var lists = start("RECOMMENDATIONS", files.recommendations(), CatalogLoader::listenerLists);

        var tracks = new Tracks(
                Stream.of(metadata, catalog, catalogNn)
                        .flatMap(file -> file.join().stream())
                        .map(Content::value)
                        .toList(),
                known);
        var neighbours = filter(catalog, file -> ListFilter.neighbours(file, tracks), IdLists.EMPTY);
        var treatmentNeighbours = filter(catalogNn, file -> ListFilter.neighbours(file, tracks), IdLists.EMPTY);
        var top = filter(topTracks, file -> ListFilter.topTracks(file.name, file.ids, tracks), new int[0]);
        var listenerLists = filter(lists, file -> ListFilter.listenerLists(file, tracks), IdLists.EMPTY);
        return new Catalog(
                generation(List.of(metadata, catalog, catalogNn, topTracks, lists)),
                tracks,
                neighbours.join().lists(),
                treatmentNeighbours.join().lists(),
                top.join().lists(),
                listenerLists.join().lists(),
                new CatalogCounts(
                        tracks.size(),
                        CatalogCounts.Lists.of(neighbours.join()),
                        CatalogCounts.Lists.of(treatmentNeighbours.join()),
                        top.join().lists().length,
                        CatalogCounts.Lists.of(listenerLists.join())),
                Stream.of(neighbours, treatmentNeighbours, top, listenerLists)
                        .flatMap(filtered -> filtered.join().warnings().stream())
                        .toList());
    }

    private <T> ForkJoinTask<Optional<Content<T>>> start(String setting, @Nullable Path file, Reader<T> reader) {
        return pool.submit(() -> file == null ? Optional.empty() : Optional.of(read(setting, file, reader)));
    }

    private static <T> Content<T> read(String setting, Path file, Reader<T> reader) {
        if (Files.notExists(file)) {
            throw new FileException(setting + ": no such file " + file + "; correct the path or leave it out");
        }
        try (InputStream in = InputFile.open(file)) {
            var source = new Source(setting, file, in, new LineBytes());
            T value = reader.read(source);
            return new Content<>(value, source.checksum.getValue());
        } catch (IOException e) {
            throw FileException.unreadable(file, e);
        }
    }

    private <T, R> ForkJoinTask<Filtered<R>> filter(
            ForkJoinTask<Optional<Content<T>>> file, Function<T, Filtered<R>> filter, R emptyLists) {
        Optional<Content<T>> content = file.join();
        return pool.submit(() ->
                content.map(c -> filter.apply(c.value)).orElseGet(() -> new Filtered<>(emptyLists, 0, 0, List.of())));
    }

    /** The tracks of the rows of matrices, by the file of all tracks. */
    private static Optional<RowFile> rowsOf(ForkJoinTask<Optional<Content<RowFile>>> metadata) {
        return metadata.join().map(Content::value);
    }

    private RowFile tracks(Source source, int required, Optional<RowFile> named) throws IOException {
        boolean npy = source.isNpy();
        if (npy && required != 0) {
            throw problem(source, source.setting + " needs artists and titles; give it a file of JSON lines");
        }
        List<Rows> parts = npy
                ? List.of(matrix(source, named))
                : source.rows(new TrackLineParser(source.setting, required), cache);
        var tracks = RowFile.join(source.file, "track", parts);
        if (tracks.keys().size() == 0) {
            throw problem(source, "no tracks; " + source.setting + " needs at least one");
        }
        return tracks;
    }

    /** Reads the matrix of a file, and the scores file in the same folder, if there is one. */
    private static Rows matrix(Source source, Optional<RowFile> named) throws IOException {
        IntMatrix ids = NpyFile.readInts(source.file, source.bytes());
        KeyIndex tracks = named.map(RowFile::keys).orElseGet(() -> KeyIndex.identity(Integer.MAX_VALUE));
        if (!tracks.isIdentity() && ids.rows() > tracks.size()) {
            throw problem(
                    source,
                    "has " + ids.rows() + " rows, but TRACKS_METADATA has " + tracks.size()
                            + " tracks; write it again with" + " segue neighbours and these tracks");
        }
        Path file = ScoresFile.of(source.file);
        if (Files.notExists(file)) {
            return Rows.of(ids, null, tracks);
        }
        FloatMatrix scores;
        try (InputStream in = InputFile.open(file)) {
            scores = NpyFile.readFloats(file, new CheckedInputStream(in, source.checksum));
        }
        if (scores.rows() != ids.rows() || scores.columns() != ids.columns()) {
            throw new FileException(file + ": has " + scores.rows() + " × " + scores.columns() + " scores for "
                    + ids.rows() + " × " + ids.columns() + " neighbours; write both again with segue neighbours");
        }
        return Rows.of(ids, scores, tracks);
    }

    private static RowFile listenerLists(Source source) throws IOException {
        return RowFile.join(source.file, "user", source.rows(new ListenerLineParser()));
    }

    /** Reads the array as one line, with newlines replaced by spaces, since the cursor reads lines. */
    private static TopTracks topTracks(Source source) throws IOException {
        byte[] text = source.bytes().readAllBytes();
        byte[] line = Arrays.copyOf(text, text.length + 1);
        for (int i = 0; i < text.length; i++) {
            line[i] = text[i] == '\n' ? (byte) ' ' : text[i];
        }
        line[text.length] = '\n';
        var ids = new IntBuilder(1 << 10);
        var json = new JsonCursor(line, line.length);
        try {
            new TrackIdReader(true).readAll(json, ids, BAD_TOP_TRACKS);
            json.endLine();
        } catch (JsonProblem e) {
            long before = IntStream.range(0, e.position())
                    .filter(i -> text[i] == '\n')
                    .count();
            boolean areLines = text.length > 0 && text[0] >= '0' && text[0] <= '9';
            throw problem(
                    source.file.getFileName() + ":" + (1 + before),
                    e.getMessage() + (areLines ? "; make one array of the lines, as in: jq -s -c . F > G" : ""));
        }
        return new TopTracks(String.valueOf(source.file.getFileName()), ids.toArray());
    }

    private static FileException problem(Source source, String problem) {
        return problem(String.valueOf(source.file.getFileName()), problem);
    }

    private static FileException problem(String location, String problem) {
        return new FileException(location + ": " + problem);
    }

    /** The checksum of the files' roles and contents. */
    private static String generation(List<ForkJoinTask<? extends Optional<? extends Content<?>>>> files) {
        var fingerprint = new CRC32C();
        for (int i = 0; i < files.size(); i++) {
            int role = i;
            files.get(i)
                    .join()
                    .ifPresent(content -> fingerprint.update(ByteBuffer.allocate(12)
                            .putInt(role)
                            .putLong(content.checksum())
                            .flip()));
        }
        return String.format(Locale.ROOT, "%08x", fingerprint.getValue());
    }
}
