package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.InputFile;
import dev.segue.training.ModelDescription.Metrics;
import dev.segue.training.ModelFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Checks that the commands in {@code data/README.md} reproduce the bundled files. */
class BundledDataTest {

    private static final String LOG = "data/log.jsonl.gz";
    private static final long MAX_LOG_BYTES = 10_000_000;

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();

    @Test
    void simulateReproducesTheLog() throws IOException {
        Path log = folder.resolve("log.jsonl.gz");
        assertEquals(0, run.of(List.of("world", "--out", "" + folder)));
        assertEquals(
                0,
                run.of(
                        List.of("simulate", "--world", "" + folder, "--policy", "random,top-pop:1000,top-pop"),
                        "--split",
                        "session",
                        "--sessions",
                        "48000",
                        "--log",
                        "" + log));
        // Compares the text, since gzip's bytes depend on the version of zlib.
        try (InputStream bundled = InputFile.open(Path.of(LOG));
                InputStream made = InputFile.open(log)) {
            assertEquals(-1, Arrays.mismatch(bundled.readAllBytes(), made.readAllBytes()));
        }
        assertTrue(Files.size(Path.of(LOG)) <= MAX_LOG_BYTES);
    }

    /** Within 10% of the published means of the reference simulator. */
    @Test
    void bundledListenersHaveThePublishedMeans() {
        assertEquals(0, run.of(List.of("simulate", "--format", "json")), run.errors::toString);
        assertPleases("random", 2.14, 7.16, run.json().get(0));
        assertPleases("sticky-artist", 3.14, 8.14, run.json().get(1));
        assertPleases("top-pop", 4.02, 9.01, run.json().get(2));
    }

    private static void assertPleases(String policy, double time, double tracks, JsonNode row) {
        assertEquals(policy, row.get("arm").asString());
        assertEquals(time, row.get("mean_time_per_session").doubleValue(), 0.1 * time, policy);
        assertEquals(tracks, row.get("mean_tracks_per_session").doubleValue(), 0.1 * tracks, policy);
        assertTrue(row.get("mean_time_per_session_se").doubleValue() < 0.03 * time, policy);
    }

    @Test
    void neighboursReproducesControlsCatalog() throws IOException {
        assertMakes("tracks_with_recs.json", "neighbours", "--model", "data/models/contextual");
    }

    @Test
    void neighboursReproducesTheTreatmentsCatalog() throws IOException {
        assertMakes(
                "RecSystracks_with_recs.json",
                "neighbours --model data/models/new --min-rows 50 --max-per-artist 5".split(" "));
    }

    @Test
    void topTracksReproducesTheRanking() throws IOException {
        assertMakes("top_tracks.json", "top-tracks", "--log", LOG);
    }

    @Test
    void listenerListsReproducesTheLists() throws IOException {
        assertMakes("recommendations.json", "listener-lists", "--model", "data/models/new");
    }

    private void assertMakes(String name, String... command) throws IOException {
        Path made = folder.resolve(name);
        assertEquals(0, run.of(List.of(command), "--out", "" + made), run.errors::toString);
        assertEquals(-1, Files.mismatch(Path.of("data", name), made), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contextual", "new"})
    void modelsAreBetterThanTheMeanAndRandom(String model) {
        Metrics metrics =
                ModelFolder.read(Path.of("data/models", model)).description().metrics();
        assertTrue(metrics.explained() > 0.25, metrics::toString);
        assertTrue(metrics.meanMse() < metrics.randomMse(), metrics::toString);
    }
}
