package dev.segue.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of top tracks may lose its tail, as one that is learned from a log of few plays does, but not its head. */
class CatalogChangeTest {

    private static final CatalogBounds BOUNDS = new CatalogBounds(20, 20, 20);
    private static final int TRACKS = 5_000;

    @TempDir
    Path folder;

    @BeforeEach
    void writeTracks() throws IOException {
        Files.writeString(
                folder.resolve("tracks.json"),
                IntStream.range(0, TRACKS)
                        .mapToObj(i -> "{\"track\":" + i + ",\"artist\":\"A\",\"title\":\"T" + i + "\"}\n")
                        .collect(Collectors.joining()));
    }

    private Catalog withTopTracks(int count) throws IOException {
        Path top = folder.resolve("top_" + count + ".json");
        Files.writeString(top, IntStream.range(0, count).boxed().toList().toString());
        return Catalog.load(new CatalogFiles(folder.resolve("tracks.json"), null, null, top, null));
    }

    private List<String> faults(int before, int after) throws IOException {
        return CatalogChange.faults(withTopTracks(before), withTopTracks(after), BOUNDS);
    }

    @Test
    void listOfTopTracksMayLoseItsTail() throws IOException {
        assertEquals(List.of(), faults(TRACKS, 1_000));
        assertEquals(List.of(), faults(TRACKS, 800));
    }

    @Test
    void listOfTopTracksMayNotLoseTracksOfItsHead() throws IOException {
        assertEquals(
                List.of(
                        "TOP_TRACKS_CATALOG: tracks, counted up to 1,000: 799, before 1,000 (20.1%; reload.max_lost_percent is 20)"),
                faults(TRACKS, 799));
        assertEquals(
                List.of(
                        "TOP_TRACKS_CATALOG: tracks, counted up to 1,000: 3, before 4 (25.0%; reload.max_lost_percent is 20)"),
                faults(4, 3));
    }
}
