package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.world.ProvisionalRecommendations;
import dev.segue.world.World;
import dev.segue.world.WorldFiles;
import dev.segue.world.WorldRecipe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedWorldTest {

    private static final World WORLD = WorldRecipe.of(200, 10, 3).generate();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeWorld() {
        WorldFiles.write(WORLD, new ProvisionalRecommendations(WORLD, 5), directory);
    }

    @Test
    void readsTheFilesOfWorld() {
        SimulatedWorld read = SimulatedWorld.load(directory);
        assertEquals(WORLD.listeners(), read.listeners());
        ListenerModel model = read.model(SessionRules.REFERENCE);
        assertEquals(200, model.tracks());
        for (int track = 0; track < 200; track++) {
            for (int other = 0; other < track; other++) {
                boolean same = WORLD.tracks().get(track).artist()
                        == WORLD.tracks().get(other).artist();
                assertEquals(same, model.sameArtist(track, other), track + " and " + other);
            }
        }
        assertEquals(WORLD.embeddings().get(7, 3), model.embeddings().get(7, 3));
    }

    @Test
    void readsGzippedFilesToo() throws IOException {
        for (String name : List.of(WorldFiles.TRACKS, WorldFiles.LISTENERS)) {
            Path plain = directory.resolve(name);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name + ".gz")))) {
                Files.copy(plain, out);
            }
            Files.delete(plain);
        }
        assertEquals(WORLD.listeners(), SimulatedWorld.load(directory).listeners());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user\":3,\"interests\":[1,2,200],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: interest 200 is not"
                        + " a track id from 0 to 199",
                "{\"user\":3,\"interests\":[1,2,-1],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: interest -1",
                "{\"user\":3,\"interests\":[],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: user 3 needs distinct",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":0}|consume_sharpness 0.0 is not",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":\"NaN\",\"consume_sharpness\":1}|consume_bias NaN is not",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":5}|users.json:2: \"consume_sharpness\" is missing;",
                "{\"user\":0,\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":1}|user 0 is listed twice",
                "{\"user\":3,|users.json:2: ",
                "{\"user\":3,\"user\":4,\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: Duplicate",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":1,\"age\":9}|users.json:2: unknown field \"age\"",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":1,\"session_budget\":9}|users.json:2:"
                        + " session_budget is 5 for all",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":NaN,\"consume_sharpness\":1}|users.json:2: Non-standard token 'NaN'; a",
                "{\"user\":\"3\",\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: ",
                "{\"user\":3,\"interests\":[\"1\"],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: ",
                "{\"user\":3,\"interests\":[1],\"consume_bias\":\"5\",\"consume_sharpness\":1}|users.json:2: ",
                "{\"user\":3,\"interests\":[null],\"consume_bias\":5,\"consume_sharpness\":1}|users.json:2: ",
            })
    void invalidListenersAreRefusedWithTheirLine(String line, String message) throws IOException {
        String good = "{\"user\":0,\"interests\":[1],\"consume_bias\":5,\"consume_sharpness\":1}\n";
        Files.writeString(directory.resolve(WorldFiles.LISTENERS), good + line + "\n");
        assertRefused(message);
    }

    @Test
    void emptyListenersAreRefused() throws IOException {
        Files.writeString(directory.resolve(WorldFiles.LISTENERS), "\n");
        assertRefused("users.json has no listeners");
    }

    @Test
    void embeddingsMustHaveARowPerTrack() {
        NpyFile.write(directory.resolve(WorldFiles.EMBEDDINGS), FloatMatrix.zeros(199, 4));
        assertRefused("has 199 rows, but");
    }

    @Test
    void embeddingsMustBeFinite() {
        FloatMatrix embeddings = FloatMatrix.zeros(200, 4);
        embeddings.set(17, 2, Float.NaN);
        NpyFile.write(directory.resolve(WorldFiles.EMBEDDINGS), embeddings);
        assertRefused("row 17, column 2 is NaN");
        embeddings.set(17, 2, 1e25f);
        NpyFile.write(directory.resolve(WorldFiles.EMBEDDINGS), embeddings);
        assertRefused("row 17, column 2 is 1.0E25; embeddings are numbers from -1e9 to 1e9");
        NpyFile.write(directory.resolve(WorldFiles.EMBEDDINGS), FloatMatrix.zeros(200, 0));
        assertRefused("has no columns");
    }

    @Test
    void tracksWithoutArtistsAreRefused() throws IOException {
        Path tracks = directory.resolve(WorldFiles.TRACKS);
        Files.writeString(tracks, Files.readString(tracks).replaceAll("\"artist\":\"[^\"]*\",", ""));
        assertRefused("tracks.json: no track has an \"artist\"");
    }

    @Test
    void messageOfAMissingFileNamesTheCommandThatCreatesIt() throws IOException {
        Files.delete(directory.resolve(WorldFiles.LISTENERS));
        assertRefused("users.json is missing; create a world with segue world");
    }

    private void assertRefused(String expected) {
        String message = String.valueOf(assertThrows(FileException.class, () -> SimulatedWorld.load(directory))
                .getMessage());
        assertTrue(message.contains(expected), message);
        assertEquals(1, message.lines().count(), message);
    }
}
