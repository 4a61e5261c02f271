package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.id.ListenerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that {@link Catalog} loads what {@link TrackCatalogWriter} writes. */
class RoundTripTest {

    private static final String[] PIECES = {
        "\"", "\\", "/", "\n", "\t", "\u0000", "\u001f", "\u007f", "é", "日", "😀", "a b", "\u2028", "\uffff"
    };

    private record Song(String artist, String title, List<Integer> neighbours) {}

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "17, true", "100, false", "30000, true", "30000, false"})
    void loadedCatalogEqualsWrittenCatalog(int size, boolean inOrder) {
        var random = new Random(size);
        List<Integer> ids = new ArrayList<>(
                IntStream.range(0, inOrder ? size : 3 * size).boxed().toList());
        if (!inOrder) {
            Collections.shuffle(ids, random);
        }
        List<Integer> tracks = ids.subList(0, size);
        Map<Integer, Song> songs = new HashMap<>();
        for (int track : tracks) {
            List<Integer> neighbours = random.ints(random.nextInt(20), 0, size)
                    .map(tracks::get)
                    .filter(id -> id != track)
                    .distinct()
                    .boxed()
                    .toList();
            songs.put(track, new Song("x" + text(random), "y" + text(random), neighbours));
        }
        Path file = folder.resolve("tracks.json");
        TrackCatalogWriter.writeTracks(
                file,
                tracks.stream().mapToInt(id -> id),
                id -> song(songs, id).artist,
                id -> song(songs, id).title,
                id -> song(songs, id).neighbours.stream().mapToInt(n -> n).toArray());
        Path lists = folder.resolve("lists.json");
        TrackCatalogWriter.writeListenerLists(
                lists, tracks.stream().map(id -> listener(id)), id -> new int[] {tracks.get(0)});
        Path top = folder.resolve("top.json");
        int[] reversed = tracks.stream()
                .sorted(Collections.reverseOrder())
                .mapToInt(id -> id)
                .toArray();
        TrackCatalogWriter.writeTopTracks(top, reversed);

        Catalog catalog = Catalog.load(new CatalogFiles(file, null, null, top, lists));
        assertEquals(size, catalog.tracks().size());
        for (int row = 0; row < size; row++) {
            int track = tracks.get(row);
            assertEquals(track, catalog.tracks().idAt(row));
            assertEquals(song(songs, track).artist, catalog.tracks().artist(track));
            assertEquals(song(songs, track).title, catalog.tracks().title(track));
            if (size > 1) { // a single track has no neighbours, so there are no rows
                assertEquals(song(songs, track).neighbours, list(catalog.neighbours(), track));
            }
            assertEquals(1, list(catalog.listenerLists(), listener(track).key()).size());
        }
        assertArrayEquals(reversed, catalog.topTracks());
        assertEquals(size == 1 ? 1 : 0, catalog.warnings().size());
    }

    private static ListenerId listener(int id) {
        return id % 2 == 0 ? ListenerId.of(id) : ListenerId.ofString("listener " + id);
    }

    private static Song song(Map<Integer, Song> songs, int track) {
        return Objects.requireNonNull(songs.get(track));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static List<Integer> list(IdLists lists, long key) {
        int row = lists.row(key);
        return IntStream.range(0, lists.size(row))
                .mapToObj(i -> lists.get(row, i))
                .toList();
    }
}
