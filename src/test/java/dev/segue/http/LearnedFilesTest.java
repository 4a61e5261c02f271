package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.Configuration;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.reload.Cause;
import dev.segue.reload.GenerationFiles;
import dev.segue.reload.Reloader;
import dev.segue.service.NextTrackService;
import dev.segue.service.ServedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop of the server ends the wait for a publication. */
@Timeout(60)
class LearnedFilesTest {

    @TempDir
    private Path folder;

    private final HeldCatalogs catalogs = new HeldCatalogs();

    @SuppressWarnings("NullAway.Init")
    private Reloader reloader;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(
                folder.resolve("tracks.json"),
                "{\"track\":0,\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[0]}\n");
        Path config = Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json",
                 "recommenders": {"all": {"type": "random"}},
                 "experiments": [{"name": "E", "arms": {"C": "all"}, "serves": true}]}
                """);
        Configuration configuration = Configuration.load(config, Map.of(), Map.of());
        var files = new GenerationFiles(configuration, catalogs);
        ListeningMemory<ServedEvent> memory =
                new ListeningMemory<>(new HistoryLimits(1_000, 4, Duration.ofMinutes(30)));
        var service =
                new NextTrackService(files.load(), memory, event -> 0, InstantSource.system(), System::nanoTime, 1);
        reloader = new Reloader(service, memory, files, configuration.reload(), InstantSource.system(), outcome -> {});
    }

    @AfterEach
    void stop() {
        catalogs.release();
        reloader.close();
    }

    @Test
    void aPublicationThatWaitsForAReloadIsInterrupted() throws Exception {
        assertTrue(reloader.begin(Cause.WATCH, false, outcome -> {}));
        catalogs.awaitLoad();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> new LearnedFiles(reloader).publish(List.of(folder)));
    }

    @Test
    void aPublicationAfterTheEndOfReloadsIsNoRefusal() {
        reloader.close();
        assertThrows(InterruptedException.class, () -> new LearnedFiles(reloader).publish(List.of(folder)));
    }
}
