package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

    private static final String THREE_TRACKS = """
            {"track":0,"artist":"Ann","title":"One","recommendations":[1,2]}
            {"track":1,"artist":"Bob","title":"Two","recommendations":[0]}
            {"track":2,"artist":"Ann","title":"Three","recommendations":[]}
            """;

    @TempDir
    Path folder;

    @Test
    void everyTrackHasItsNeighboursInOrder() {
        Catalog catalog = load(THREE_TRACKS);
        assertEquals(List.of(1, 2), list(catalog.neighbours(), 0));
        assertEquals(List.of(0), list(catalog.neighbours(), 1));
        assertEquals(List.of(), list(catalog.neighbours(), 2));
        assertEquals(List.of(), catalog.warnings());
        assertEquals(0, catalog.treatmentNeighbours().rows());
        assertEquals(0, catalog.listenerLists().rows());
        assertEquals(0, catalog.topTracks().length);
    }

    /** Segue did not always read the field, so other values are ignored. */
    @Test
    void durationsAreReadWhereTheyAreKnown() {
        Tracks tracks = load(THREE_TRACKS
                        .replace("\"One\",", "\"One\",\"duration_ms\":180000.5,")
                        .replace("\"Two\",", "\"Two\",\"duration_ms\":\"3:20\",")
                        .replace("\"Three\",", "\"Three\",\"duration_ms\":-1,"))
                .tracks();
        assertEquals(180_000, tracks.durationMillis(0));
        for (int unknown : new int[] {1, 2, 3, -1}) {
            assertEquals(0, tracks.durationMillis(unknown));
        }
        assertEquals(0, load(THREE_TRACKS).tracks().durationMillis(0));
    }

    @Test
    void everyTrackIsPlayableAndNamed() {
        Tracks tracks = load(THREE_TRACKS).tracks();
        assertEquals(3, tracks.size());
        assertEquals("Ann", tracks.artist(2));
        assertEquals("Three", tracks.title(2));
        for (int absent : new int[] {-1, 3, Integer.MAX_VALUE}) {
            assertFalse(tracks.contains(absent));
            assertNull(tracks.artist(absent));
            assertNull(tracks.title(absent));
            assertEquals(-1, tracks.artistRow(absent));
        }
    }

    @Test
    void tracksAreGroupedByArtist() {
        Tracks tracks = load(THREE_TRACKS).tracks();
        assertEquals(2, tracks.byArtist().rows());
        assertEquals(tracks.artistRow(0), tracks.artistRow(2));
        assertEquals(List.of(0, 2), list(tracks.byArtist(), tracks.artistRow(0)));
        assertEquals(List.of(1), list(tracks.byArtist(), tracks.artistRow(1)));
    }

    @Test
    void emptyArtistIsUnknown() {
        Tracks tracks = load("{\"track\":0,\"artist\":\"\"}\n{\"track\":1,\"artist\":\"\"}")
                .tracks();
        assertNull(tracks.artist(0));
        assertEquals(-1, tracks.artistRow(0));
        assertEquals(0, tracks.byArtist().rows());
    }

    @Test
    void idsMayBeInAnyOrder() {
        Tracks tracks =
                load("{\"track\":2147483647}\n{\"track\":7}\n{\"track\":0}").tracks();
        assertEquals(3, tracks.size());
        assertArrayEquals(new int[] {2147483647, 7, 0}, new int[] {tracks.idAt(0), tracks.idAt(1), tracks.idAt(2)});
        assertEquals(1, tracks.row(7));
        assertFalse(tracks.contains(1));
    }

    @Test
    void synonymsUnknownFieldsFieldOrderAndBlankLinesAreAccepted() {
        Catalog catalog = load("""

                {"recommendations" : [ 5 ], "year":1999, "x":[{"track":9},"]"], "item_id" : 3}\r
                \t
                {"track":5,"recommendations":[3],"score":-1.5e3,"y":null}
                """);
        assertEquals(List.of(5), list(catalog.neighbours(), 3));
        assertEquals(List.of(3), list(catalog.neighbours(), 5));
        assertEquals(2, catalog.tracks().size());
    }

    @Test
    void catalogNeedsOnlyTracks() {
        Catalog catalog = load("{\"track\":0}\n{\"track\":1}");
        assertEquals(2, catalog.tracks().size());
        assertNull(catalog.tracks().artist(0));
        assertNull(catalog.tracks().title(0));
        assertEquals(0, catalog.neighbours().rows());
        assertEquals(List.of("tracks.json: no row has neighbours"), catalog.warnings());
    }

    @Test
    void tracksAreTheUnionOfAllTrackFiles() {
        Catalog catalog = Catalog.load(new CatalogFiles(
                file("tracks.json", "{\"track\":1,\"recommendations\":[2,3]}"),
                file("nn.json", "{\"track\":2,\"recommendations\":[1]}"),
                file("metadata.json", "{\"track\":3,\"artist\":\"Cyd\",\"title\":\"Four\"}"),
                null,
                null));
        assertEquals(3, catalog.tracks().size());
        assertEquals(List.of(2, 3), list(catalog.neighbours(), 1));
        assertEquals(List.of(1), list(catalog.treatmentNeighbours(), 2));
        assertEquals(-1, catalog.neighbours().row(3));
        assertEquals(List.of(), catalog.warnings());
    }

    @Test
    void metadataTakesPrecedenceOverCatalogs() {
        Tracks tracks = Catalog.load(new CatalogFiles(
                        file("tracks.json", line(0, "c", "c") + line(1, "c", "c") + line(2, "", "c")),
                        file("nn.json", line(0, "n", "n") + line(1, "n", "n") + line(2, "n", "n") + line(3, "n", "n")),
                        file("metadata.json", line(0, "m", "m")),
                        null,
                        null))
                .tracks();
        assertEquals("m", tracks.title(0));
        assertEquals("c", tracks.title(1));
        assertEquals("c", tracks.title(2));
        assertEquals("n", tracks.artist(2));
        assertEquals("n", tracks.title(3));
    }

    @Test
    void selfAndDuplicateNeighboursAreRemovedAndCounted() {
        Catalog catalog = load("""
                {"track":0,"recommendations":[0,1,1,1,0]}
                {"track":1,"recommendations":[0,1]}
                """);
        assertEquals(List.of(1), list(catalog.neighbours(), 0));
        assertEquals(List.of(0), list(catalog.neighbours(), 1));
        assertEquals(
                List.of(
                        "tracks.json: 3 of 7 neighbour references name the track itself; they are not served",
                        "tracks.json: 2 of 7 neighbour references repeat one in the same list; they are not served"),
                catalog.warnings());
    }

    @Test
    void unknownNeighboursAreRemovedAndCounted() {
        var text = new StringBuilder("{\"track\":0,\"recommendations\":[1");
        for (int id = 1_000; id < 2_234; id++) {
            text.append(',').append(id);
        }
        Catalog catalog = load(text + "]}\n{\"track\":1,\"recommendations\":[]}");
        assertEquals(List.of(1), list(catalog.neighbours(), 0));
        assertEquals(
                List.of("tracks.json: 1,234 of 1,235 neighbour references name tracks without a row of their own;"
                        + " they are not served"),
                catalog.warnings());
    }

    @Test
    void topTracksKeepTheirOrderWithoutUnknownAndDuplicateTracks() {
        Catalog catalog = loadWith("[2, 0,\n 9, 2,\r\n\t1 ]\n", null);
        assertArrayEquals(new int[] {2, 0, 1}, catalog.topTracks());
        assertEquals(
                List.of(
                        "top.json: 1 of 5 top tracks name tracks without a row of their own; they are not served",
                        "top.json: 1 of 5 top tracks repeat one in the same list; they are not served"),
                catalog.warnings());
        assertEquals(0, loadWith("[]", null).topTracks().length);
    }

    @Test
    void listenersAreFoundByNumberOrString() {
        IdLists lists = loadWith(null, """
                        {"user":7,"tracks":[2,1]}
                        {"tracks":[0],"user":"ann\\u00e9"}
                        {"user":"42","tracks":[]}
                        {"user":9223372036854775807,"name":"x","tracks":[1]}
                        """).listenerLists();
        assertEquals(List.of(2, 1), list(lists, ListenerId.of(7).key()));
        assertEquals(List.of(0), list(lists, ListenerId.ofString("anné").key()));
        assertEquals(List.of(), list(lists, ListenerId.of(42).key()));
        assertEquals(List.of(1), list(lists, Long.MAX_VALUE));
        assertEquals(-1, lists.row(0));
    }

    @Test
    void unplayableTracksAreRemovedFromListenerLists() {
        Catalog catalog = loadWith(null, "{\"user\":1,\"tracks\":[1,1,5]}\n{\"user\":2,\"tracks\":[2]}");
        assertEquals(List.of(1), list(catalog.listenerLists(), 1));
        assertEquals(List.of(2), list(catalog.listenerLists(), 2)); // a track is no neighbour of a listener
        assertEquals(2, catalog.warnings().size());
        assertTrue(catalog.warnings().get(0).startsWith("lists.json: 1 of 4 entries of listener lists"));
    }

    @Test
    void neighboursMayBeAMatrixWithPadding() {
        Path matrix = folder.resolve("nn.npy");
        NpyFile.write(matrix, new IntMatrix(4, 3, new int[] {1, 2, -1, 0, 9, -1, -1, -1, -1, 2, -7, 3}));
        Catalog catalog = Catalog.load(new CatalogFiles(file("tracks.json", THREE_TRACKS), matrix, null, null, null));
        assertEquals(4, catalog.tracks().size());
        assertEquals(List.of(1, 2), list(catalog.treatmentNeighbours(), 0));
        assertEquals(List.of(0), list(catalog.treatmentNeighbours(), 1));
        assertEquals(List.of(), list(catalog.treatmentNeighbours(), 2));
        assertEquals(List.of(2), list(catalog.treatmentNeighbours(), 3));
        assertEquals(
                "nn.npy: 1 of 6 neighbour references name tracks without a row of their own; they are not served",
                catalog.warnings().get(0));
        assertEquals(List.of(1, 2), list(Catalog.load(CatalogFiles.of(matrix)).neighbours(), 0));
        assertEquals(
                List.of(1, 2), list(Catalog.load(CatalogFiles.of(gzip(matrix))).neighbours(), 0));
    }

    @Test
    void equalContentHasEqualGeneration() {
        Path plain = file("tracks.json", THREE_TRACKS);
        String generation = Catalog.load(CatalogFiles.of(plain)).generation();
        assertTrue(generation.matches("[0-9a-f]{8}"), generation);
        assertEquals(generation, Catalog.load(CatalogFiles.of(plain)).generation());
        assertEquals(generation, Catalog.load(CatalogFiles.of(gzip(plain))).generation());
        assertEquals(
                generation,
                Catalog.load(CatalogFiles.of(file("renamed", THREE_TRACKS))).generation());
    }

    @Test
    void changedContentHasDifferentGeneration() {
        Path tracks = file("tracks.json", THREE_TRACKS);
        Path others = file("other.json", THREE_TRACKS.replace("Three", "Four"));
        var generations = List.of(
                load(THREE_TRACKS).generation(),
                Catalog.load(CatalogFiles.of(others)).generation(),
                Catalog.load(new CatalogFiles(tracks, others, null, null, null)).generation(),
                Catalog.load(new CatalogFiles(others, tracks, null, null, null)).generation(),
                Catalog.load(new CatalogFiles(tracks, null, others, null, null)).generation(),
                loadWith("[1]", null).generation(),
                loadWith("[2]", null).generation(),
                loadWith(null, "{\"user\":1,\"tracks\":[1]}").generation());
        assertEquals(generations.size(), generations.stream().distinct().count());
        assertNotEquals(generations.get(0), generations.get(1));
    }

    @Test
    void fileWithoutLinesHasNoLists() {
        assertEquals(0, loadWith(null, "\n").listenerLists().rows());
    }

    private Catalog load(String tracks) {
        return Catalog.load(CatalogFiles.of(file("tracks.json", tracks)));
    }

    private Catalog loadWith(@Nullable String topTracks, @Nullable String lists) {
        return Catalog.load(new CatalogFiles(
                file("tracks.json", THREE_TRACKS),
                null,
                null,
                topTracks == null ? null : file("top.json", topTracks),
                lists == null ? null : file("lists.json", lists)));
    }

    private static String line(int track, String artist, String title) {
        return String.format(Locale.ROOT, "{\"track\":%d,\"artist\":\"%s\",\"title\":\"%s\"}%n", track, artist, title);
    }

    private static List<Integer> list(IdLists lists, long key) {
        int row = lists.row(key);
        return IntStream.range(0, lists.size(row))
                .mapToObj(i -> lists.get(row, i))
                .toList();
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Compresses a file under a name without the suffix {@code .gz}. */
    private Path gzip(Path file) {
        Path gzipped = folder.resolve("gzipped");
        try (var out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            Files.copy(file, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return gzipped;
    }
}
