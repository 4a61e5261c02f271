package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.segue.http.SegueServer;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareStartCommandTest {

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();

    @Test
    void theConfiguredLogStateAndPortsAreLeftAlone() throws Exception {
        CommandRun.makeWorld(folder.resolve("world"), 500, 300);
        Path config = CommandRun.configure(folder.resolve("world"), folder);
        try (Socket taken = CommandRun.silentPort()) {
            String port = "" + taken.getLocalPort();
            List<String> prepare = List.of("prepare-start", "--config", "" + config, "--port", port);
            String[] others = {"--set", "server.health_port=" + port, "--set", "admin.port=" + port};
            assertEquals(0, run.of(prepare, others), run.errors::toString);
        }
        assertEquals("", run.errors.toString());
        assertFalse(Files.exists(folder.resolve("log.json")));
        assertFalse(Files.exists(folder.resolve("state")));
    }

    @Test
    void aServerOfTheSameConfigurationMayRun() throws Exception {
        CommandRun.makeWorld(folder.resolve("world"), 500, 300);
        Path config = CommandRun.configure(folder.resolve("world"), folder);
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(0, run.of(List.of("prepare-start", "--config", "" + config)), run.errors::toString);
            assertEquals(
                    0, Files.size(folder.resolve("log.json")), "requests are logged elsewhere than at " + server.uri());
        }
    }

    @Test
    void aMistakeInTheConfigurationIsReported() {
        assertEquals(1, run.of(List.of("prepare-start", "--config", "" + folder.resolve("none.json"))));
        run.assertOneLineOfError("none.json");
    }
}
