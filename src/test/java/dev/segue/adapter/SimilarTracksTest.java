package dev.segue.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarTracksTest {

    @TempDir
    Path folder;

    @Test
    void similarityIsTheScoreOfTheNeighbour() throws Exception {
        Path file = Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","title":"a","recommendations":[1,2,3],"scores":[2,0.5,-0.25]}
                {"track":1,"artist":"A","title":"b","recommendations":[],"scores":[]}
                {"track":2,"artist":"B","title":"c","recommendations":[],"scores":[]}
                {"track":3,"artist":"B","title":"d","recommendations":[],"scores":[]}
                {"track":4,"artist":"B","title":"e","recommendations":[],"scores":[]}
                """);
        var tracks = new SimilarTracks(Catalog.load(CatalogFiles.of(file)));
        assertEquals(
                List.of(1.0, 0.5, 0.0, -1.0),
                IntStream.rangeClosed(1, 4)
                        .mapToObj(track -> tracks.match(track, 0).get("similarity"))
                        .toList(),
                "limited to 0 and 1; -1 for a track that is no neighbour");
    }
}
