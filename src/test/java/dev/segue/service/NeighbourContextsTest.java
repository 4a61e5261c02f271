package dev.segue.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.Configuration;
import dev.segue.embedding.Context;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.NeighbourOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourContextsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeCatalog() throws IOException {
        Files.writeString(folder.resolve("tracks.json"), "{\"track\":0,\"recommendations\":[1]}\n{\"track\":1}\n");
    }

    private List<String> warnings(String settings) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), """
                {
                  "TRACKS_CATALOG": "tracks.json",
                  "DATA_LOG_FILE": "data.json",
                  "recommenders": {"i2i": {"type": "contextual"%s}},
                  "experiments": [{"name": "E", "arms": {"C": "i2i"}, "serves": true}]
                }
                """.formatted(settings));
        return NeighbourContexts.warnings(Configuration.load(file, Map.of(), Map.of()));
    }

    private void origin(Context context) {
        new NeighbourOrigin(ModelType.CONTEXTUAL, context, 50).write(folder.resolve("tracks.json"));
    }

    @Test
    void neighboursOfFirstTracksThatAreDrawnByThePreviousTrackAreWarnedOf() throws IOException {
        origin(Context.FIRST);
        List<String> warnings = warnings("");
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0)
                .contains("tracks.json come from a model whose context is a session's first track, but i2i"));
        assertTrue(warnings.get(0).contains("set recommenders.i2i.context to \"first\""), warnings.get(0));
    }

    @Test
    void aStatedContextATrainingWithThePreviousTrackAndAnUnknownOriginAreNot() throws IOException {
        assertEquals(List.of(), warnings(""), "no origin");
        origin(Context.PREVIOUS);
        assertEquals(List.of(), warnings(""));
        origin(Context.FIRST);
        assertEquals(List.of(), warnings(", \"context\": \"first\""));
        assertEquals(List.of(), warnings(", \"context\": \"previous\""));
    }
}
