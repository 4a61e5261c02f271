package dev.segue.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.file.FileException;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class WorldFilesTest {

    private static final World WORLD = WorldRecipe.of(300, 20, 5).generate();
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    @Test
    void sameSeedWritesTheSameBytesWithAnyNumberOfThreads() throws Exception {
        List<Path> alone = new ForkJoinPool(1)
                .submit(() -> write(5, directory.resolve("alone")))
                .get();
        List<Path> crowd = new ForkJoinPool(8)
                .submit(() -> write(5, directory.resolve("crowd")))
                .get();
        assertEquals(7, alone.size());
        for (int i = 0; i < alone.size(); i++) {
            assertEquals(-1, Files.mismatch(alone.get(i), crowd.get(i)), alone.get(i) + " differs");
        }
    }

    @Test
    void otherSeedWritesOtherBytes() throws IOException {
        List<Path> five = write(5, directory.resolve("five"));
        List<Path> six = write(6, directory.resolve("six"));
        for (int i = 0; i < five.size(); i++) {
            assertFalse(Files.mismatch(five.get(i), six.get(i)) == -1, five.get(i) + " is the same");
        }
    }

    /** The other files are learned from a log. This test also checks that all JDKs write the same bytes. */
    @Test
    void shippedWorldHasTheBytesOfItsRecipe() throws IOException {
        World world = WorldRecipe.of(10_000, 2_000, 5).generate();
        WorldFiles.write(world, new ProvisionalRecommendations(world, 1), directory);
        for (String name : List.of("tracks.json", "users.json", "tracks.npy")) {
            assertEquals(-1, Files.mismatch(Path.of("data", name), directory.resolve(name)), name + " differs");
        }
    }

    @Test
    void filesHaveTheDataOfTheWorld() throws IOException {
        write(5, directory);
        List<String> tracks = Files.readAllLines(directory.resolve("tracks.json"));
        assertEquals(300, tracks.size());
        assertEquals(
                JSON.createObjectNode()
                        .put("track", 7)
                        .put("artist", WORLD.artistOf(7).name())
                        .put("title", WORLD.tracks().get(7).title()),
                JSON.readTree(tracks.get(7)));
        assertArrayEquals(
                WORLD.embeddings().values(),
                NpyFile.readFloats(directory.resolve("tracks.npy")).values());
        assertArrayEquals(
                WORLD.tracksByPopularity(),
                JSON.readValue(directory.resolve("top_tracks.json").toFile(), int[].class));
        List<String> listeners = Files.readAllLines(directory.resolve("users.json"));
        assertEquals(20, listeners.size());
        for (int user = 0; user < 20; user++) {
            assertEquals(WORLD.listeners().get(user), JSON.readValue(listeners.get(user), Listener.class));
        }
    }

    @Test
    void listenersHaveTheFieldsOfTheReferenceSimulator() throws IOException {
        write(5, directory);
        String first = Files.readAllLines(directory.resolve("users.json")).get(0);
        assertEquals(
                List.of("user", "interests", "consume_bias", "consume_sharpness"),
                List.copyOf(JSON.readTree(first).propertyNames()));
    }

    @Test
    void listsHaveFiftyTracks() throws IOException {
        write(5, directory);
        for (String name : List.of("tracks_with_recs.json", "RecSystracks_with_recs.json")) {
            List<String> lines = Files.readAllLines(directory.resolve(name));
            assertEquals(300, lines.size());
            assertEquals(50, JSON.readTree(lines.get(42)).get("recommendations").size());
        }
        List<String> lists = Files.readAllLines(directory.resolve("recommendations.json"));
        assertEquals(20, lists.size());
        assertEquals(19, JSON.readTree(lists.get(19)).get("user").asInt());
        assertEquals(50, JSON.readTree(lists.get(19)).get("tracks").size());
    }

    @Test
    void filesAreReplacedAndOthersLeftAlone() throws IOException {
        Files.writeString(directory.resolve("tracks.json"), "old");
        Files.writeString(directory.resolve("notes.txt"), "mine");
        write(5, directory);
        assertEquals(300, Files.readAllLines(directory.resolve("tracks.json")).size());
        assertEquals("mine", Files.readString(directory.resolve("notes.txt")));
    }

    @Test
    void aFileInsteadOfTheDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThrows(FileException.class, () -> write(5, file));
        assertEquals("mine", Files.readString(file));
    }

    private static List<Path> write(long seed, Path directory) {
        World world = WorldRecipe.of(300, 20, seed).generate();
        return WorldFiles.write(world, new ProvisionalRecommendations(world, 50), directory);
    }
}
