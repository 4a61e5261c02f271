package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.embedding.ModelType;
import dev.segue.training.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the catalog loads the files of {@code segue top-tracks} and {@code segue listener-lists}. */
class ListCommandsTest {

    private static final String LOG = """
            {"message":"next","timestamp":1,"user":1,"track":3,"time":1.0,"latency":0.1,"recommendation":5}
            {"message":"next","timestamp":2,"user":1,"track":5,"time":0.5,"latency":0.1,"recommendation":7}
            {"message":"last","timestamp":3,"user":1,"track":7,"time":0.0,"latency":0.1}
            {"message":"next","timestamp":4,"user":2,"track":5,"time":0.75,"latency":0.1,"recommendation":2}
            {"message":"last","timestamp":5,"user":2,"track":2,"time":1.0,"latency":0.1}
            """;

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();
    private Path tracks;
    private Path log;
    private Path out;

    @BeforeEach
    void makeFiles() throws IOException {
        CommandRun.makeWorld(folder, 100, 5);
        tracks = folder.resolve("tracks.json");
        log = Files.writeString(folder.resolve("log.json"), LOG);
        out = folder.resolve("out.json");
    }

    @Test
    void topTracksAreRankedByListeningTime() throws IOException {
        assertEquals(0, topTracks(), run.errors::toString);
        assertEquals("[5,2,3,7]\n", Files.readString(out));
        assertEquals("4 tracks by 5 playbacks\n", run.output.toString());
        Catalog catalog = Catalog.load(new CatalogFiles(tracks, null, null, out, null));
        assertEquals(5, catalog.topTracks()[0]);
    }

    @Test
    void repeatedEventsCountOnce() throws IOException {
        Files.writeString(log, LOG + LOG);
        assertEquals(0, topTracks(), run.errors::toString);
        assertEquals("[5,2,3,7]\n", Files.readString(out));
        assertEquals(
                "4 tracks by 5 playbacks; " + LOG.lines().count() + " repeated events left out\n",
                run.output.toString());
    }

    @Test
    void reportedPlaysOfUnknownTracksAreLeftOut() throws IOException {
        Files.writeString(
                log,
                LOG + "{\"message\":\"next\",\"timestamp\":9,\"user\":1,\"track\":\"A – B\",\"time\":1,"
                        + "\"recommendation\":null,\"v\":1,\"session\":9,\"seq\":1}\n");
        assertEquals(0, topTracks(), run.errors::toString);
        assertEquals("[5,2,3,7]\n", Files.readString(out));
    }

    @Test
    void aLogOfAnotherCatalogIsReported() throws IOException {
        Files.writeString(tracks, "{\"track\":4}\n");
        assertEquals(1, topTracks());
        run.assertOneLineOfError(
                "the log names track 3 (listener 1, timestamp 1), but the catalog of 1 tracks lacks it; use the catalog");
        assertFalse(Files.exists(out));
    }

    @Test
    void aLogWithoutPlaybacksIsReported() throws IOException {
        Files.writeString(log, "");
        assertEquals(1, topTracks());
        run.assertOneLineOfError("the log has no playbacks; name another with --log");
        assertFalse(Files.exists(out));
    }

    @Test
    void listenersGetListsOfTheirOwn() {
        Models.write(ModelType.NEW, 100, 5, folder.resolve("model"));
        assertEquals(0, listenerLists(), run.errors::toString);
        assertEquals("lists of 5 listeners\n", run.output.toString());
        Catalog catalog =
                Catalog.load(new CatalogFiles(folder.resolve("tracks_with_recs.json"), null, null, null, out));
        for (int listener = 996; listener <= 1000; listener++) {
            assertEquals(
                    12, catalog.listenerLists().size(catalog.listenerLists().row(listener)));
        }
        assertEquals(List.of(), catalog.warnings());
    }

    @Test
    void aModelWithoutListenersIsReported() {
        Models.write(ModelType.CONTEXTUAL, 100, 0, folder.resolve("model"));
        assertEquals(1, listenerLists());
        run.assertOneLineOfError("the model contextual has no listeners; train one with --model new and use it");
        assertFalse(Files.exists(out));
    }

    @Test
    void aModelThatIsNotBetterThanTheMeanNeedsAccept() {
        Models.write(ModelType.NEW, 100, 5, folder.resolve("model"), -0.02);
        assertEquals(1, listenerLists());
        run.assertOneLineOfError("is not better than always predicting the mean: gain -0.02000 [-0.03000, -0.01000]");
        assertFalse(Files.exists(out));
        assertEquals(0, listenerLists("--accept"), run.errors::toString);
        assertEquals("lists of 5 listeners\n", run.output.toString());
    }

    private int topTracks() {
        return run.of(List.of("top-tracks", "--log", "" + log, "--catalog", "" + tracks, "--out", "" + out));
    }

    private int listenerLists(String... arguments) {
        return run.of(
                List.of("listener-lists", "--model", "" + folder.resolve("model"), "--k", "12", "--out", "" + out),
                arguments);
    }
}
