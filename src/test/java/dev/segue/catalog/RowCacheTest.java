package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowCacheTest {

    private static final String SETTING = "TRACKS_CATALOG";
    private static final int TRACKS = 4_000;
    private static final int PROGRAM = 7;

    @TempDir
    private Path folder;

    private Path tracks = Path.of("");
    private Path rows = Path.of("");
    private RowCache cache = RowCache.NONE;

    @BeforeEach
    void makeCatalog() throws IOException {
        tracks = Files.writeString(folder.resolve("tracks.json"), catalog(""));
        rows = folder.resolve("parsed").resolve(SETTING + ".rows");
        cache = new RowCache(folder.resolve("parsed"), PROGRAM);
    }

    /** A catalog of more than {@link RowCache#MIN_BYTES} bytes, whose later tracks have fields that the first ones lack. */
    private static String catalog(String field) {
        return IntStream.range(0, TRACKS)
                .mapToObj(track -> "{\"track\":" + (track * 3L) + ",\"artist\":\"Ärtist " + track % 400
                        + "\",\"title\":\"Title "
                        + track + "\",\"recommendations\":" + list(track, i -> (track + i * 7) % (TRACKS + 5) * 3)
                        + ",\"scores\":" + list(track, i -> 100 - i)
                        + (track > TRACKS / 2 ? ",\"duration_ms\":" + track : "")
                        + field + "}\n")
                .collect(Collectors.joining());
    }

    private static String list(int track, IntUnaryOperator value) {
        return IntStream.range(0, 20 + track % 30).map(value).boxed().toList().toString();
    }

    private String load(RowCache used) {
        return describe(Catalog.load(CatalogFiles.of(tracks), 2, used));
    }

    /** All that a catalog serves. */
    private static String describe(Catalog catalog) {
        var text = new StringBuilder(catalog.generation() + catalog.counts() + catalog.warnings());
        Tracks tracks = catalog.tracks();
        IdLists lists = catalog.neighbours();
        for (int row = 0; row < tracks.size(); row++) {
            int track = tracks.idAt(row);
            text.append('\n').append(track).append(tracks.artist(track)).append(tracks.title(track));
            text.append(tracks.durationMillis(track));
            int list = lists.row(track);
            for (int i = 0; i < lists.size(list); i++) {
                text.append(' ').append(lists.get(list, i)).append(':').append(lists.score(list, i));
            }
        }
        return text.toString();
    }

    private boolean isKept() throws IOException {
        var lines = new LineBytes();
        byte[] bytes = Files.readAllBytes(tracks);
        lines.update(bytes, 0, bytes.length);
        return cache.find(SETTING, lines).isPresent();
    }

    @Test
    void keptRowsServeTheSame() throws Exception {
        String parsed = load(RowCache.NONE);
        assertFalse(Files.exists(rows));
        assertEquals(parsed, load(cache));
        assertTrue(isKept());
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(rows, written);
        assertEquals(parsed, load(cache));
        assertEquals(written, Files.getLastModifiedTime(rows), "the rows were used and not written again");
    }

    /** The format of gzip, in which the content is as long as before. */
    private static final class Stored extends GZIPOutputStream {
        Stored(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    @Test
    void aCompressedFileHasTheSameRows() throws Exception {
        load(cache);
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(rows, written);
        String parsed = load(RowCache.NONE);
        tracks = Files.createDirectory(folder.resolve("compressed")).resolve("tracks.json");
        try (var out = new Stored(Files.newOutputStream(tracks))) {
            out.write(catalog("").getBytes(UTF_8));
        }
        assertEquals(parsed, load(cache));
        assertEquals(written, Files.getLastModifiedTime(rows));
    }

    @Test
    void aChangedFileIsParsedEvenIfSizeAndTimeAreTheSame() throws Exception {
        load(cache);
        FileTime time = Files.getLastModifiedTime(tracks);
        Files.writeString(tracks, catalog("").replace("Title 77\"", "Title 7x\""));
        Files.setLastModifiedTime(tracks, time);
        String changed = load(cache);
        assertTrue(changed.contains("Title 7x"));
        assertEquals(changed, load(cache), "the new rows are kept in place of the old ones");
    }

    @Test
    void damagedRowsAreNotUsed() throws Exception {
        String parsed = load(cache);
        byte[] good = Files.readAllBytes(rows);
        var random = new Random(1);
        List<Integer> places = new ArrayList<>(IntStream.range(0, 64).boxed().toList());
        random.ints(100, 0, good.length).forEach(places::add);
        for (int place : places) {
            byte[] damaged = good.clone();
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(rows, damaged);
            assertFalse(isKept(), "changed byte " + place);
            Files.write(rows, Arrays.copyOf(good, place));
            assertFalse(isKept(), "cut at byte " + place);
        }
        Files.write(rows, Arrays.copyOf(good, good.length + 1));
        assertFalse(isKept(), "longer");
        assertEquals(parsed, load(cache));
        assertTrue(isKept(), "damaged rows are replaced");
    }

    /** Such an array would exhaust the memory. */
    @ParameterizedTest
    @ValueSource(longs = {-1, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE})
    void aDamagedLengthAllocatesNothing(long length) throws Exception {
        load(cache);
        byte[] damaged = Files.readAllBytes(rows);
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(4 * Long.BYTES, length);
        Files.write(rows, damaged);
        assertFalse(isKept());
    }

    @Test
    void rowsOfAnotherProgramAreNotUsed() throws Exception {
        load(cache);
        cache = new RowCache(folder.resolve("parsed"), PROGRAM + 1);
        assertFalse(isKept());
    }

    /** String ids are numbered anew in each process. */
    @Test
    void stringIdsAndAttributesAreParsedEachTime() throws Exception {
        Files.writeString(tracks, catalog(",\"tags\":[\"rock\"]"));
        load(cache);
        assertFalse(Files.exists(rows));
        Files.writeString(tracks, catalog("").replaceAll("\"track\":(\\d+)", "\"track\":\"$1\""));
        load(cache);
        assertFalse(Files.exists(rows));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoFailure() throws Exception {
        Files.writeString(folder.resolve("parsed"), "a file");
        assertEquals(load(RowCache.NONE), load(cache));
    }

    @Test
    void aFaultyFileIsStillReported() throws Exception {
        Files.writeString(tracks, catalog("") + "{\"track\":\n");
        for (int i = 0; i < 2; i++) {
            var failure = assertThrows(FileException.class, () -> load(cache));
            assertTrue(String.valueOf(failure.getMessage()).startsWith("tracks.json:4001: "), failure::getMessage);
        }
    }
}
