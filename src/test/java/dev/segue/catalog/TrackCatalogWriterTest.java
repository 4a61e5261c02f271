package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.id.ListenerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackCatalogWriterTest {

    @TempDir
    Path folder;

    @Test
    void trackIsOneLineOfJson() throws IOException {
        Path file = folder.resolve("tracks.json");
        TrackCatalogWriter.writeTracks(
                file, IntStream.range(0, 2), track -> "Ünï \"" + track, track -> "a\\b\n😀", track ->
                        new int[] {1 - track, 7});
        assertEquals("""
                {"track":0,"artist":"Ünï \\"0","title":"a\\\\b\\n😀","recommendations":[1,7]}
                {"track":1,"artist":"Ünï \\"1","title":"a\\\\b\\n😀","recommendations":[0,7]}
                """, Files.readString(file));
    }

    @Test
    void fieldsWithoutFunctionAreOmitted() throws IOException {
        Path file = folder.resolve("tracks.json");
        TrackCatalogWriter.writeTracks(file, IntStream.of(4), null, null, null);
        assertEquals("{\"track\":4}\n", Files.readString(file));
    }

    @Test
    void listenersKeepTheirNumbersAndStrings() throws IOException {
        Path file = folder.resolve("recommendations.json");
        var listeners = Stream.of(ListenerId.of(3), ListenerId.ofString("ann"), ListenerId.ofString("42"));
        TrackCatalogWriter.writeListenerLists(file, listeners, listener -> new int[] {1, 2});
        assertEquals("""
                {"user":3,"tracks":[1,2]}
                {"user":"ann","tracks":[1,2]}
                {"user":"42","tracks":[1,2]}
                """, Files.readString(file));
    }

    @Test
    void topTracksAreOneArray() throws IOException {
        Path file = folder.resolve("new/folder/top_tracks.json");
        TrackCatalogWriter.writeTopTracks(file, new int[] {3, 1, 2});
        assertEquals("[3,1,2]\n", Files.readString(file));
    }

    @Test
    void failedWriteKeepsOldFileAndLeavesNoTemporaryFile() throws IOException {
        Path file = folder.resolve("tracks.json");
        Files.writeString(file, "old");
        assertThrows(
                IllegalStateException.class,
                () -> TrackCatalogWriter.writeTracks(
                        file,
                        IntStream.range(0, 10),
                        null,
                        track -> {
                            throw new IllegalStateException();
                        },
                        null));
        assertEquals("old", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
