package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.Configuration;
import dev.segue.http.SegueServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands and keeps their output. */
final class CommandRun {

    private static final JsonMapper JSON = new JsonMapper();

    final StringWriter output = new StringWriter();
    final StringWriter errors = new StringWriter();

    /** Runs a command with two lists of arguments; returns its exit code. */
    int of(List<String> first, String... others) {
        return Segue.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(first.stream(), Stream.of(others)).toArray(String[]::new));
    }

    JsonNode json() {
        return JSON.readTree(output.toString());
    }

    void assertOneLineOfError(String message) {
        assertTrue(errors.toString().contains(message), errors.toString());
        assertEquals(1, errors.toString().lines().count(), errors.toString());
        assertEquals("", output.toString());
    }

    static void makeWorld(Path folder, int tracks, int users) {
        var run = new CommandRun();
        assertEquals(0, run.of(List.of("world", "--tracks", "" + tracks, "--users", "" + users, "--out", "" + folder)));
    }

    /** Writes a log of sessions in a world under the recommender {@code random}. */
    static void simulateRandom(Path world, int sessions, Path log) {
        var run = new CommandRun();
        List<String> simulate = List.of("simulate", "--world", "" + world, "--policy", "random");
        assertEquals(0, run.of(simulate, "--sessions", "" + sessions, "--log", "" + log), run.errors::toString);
    }

    /** Serves a configuration on a free port, with log timeouts for slow machines. */
    static SegueServer serve(Path config) {
        return SegueServer.start(Configuration.load(
                config,
                Map.of(),
                Map.of("server.port", "0", "server.log_wait_ms", "60000", "log.stalled_after_ms", "60000")));
    }

    /** Reserves a port without listening on it, for as long as the socket is open. */
    static Socket silentPort() throws IOException {
        var taken = new Socket();
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return taken;
    }

    /** A configuration that serves a world's catalogs and logs to {@code log.json} beside itself. */
    static Path configure(Path world, Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("config.json"),
                JSON.writeValueAsString(Map.of(
                        "TRACKS_CATALOG", world.resolve("tracks_with_recs.json").toString(),
                        "TRACKS_CATALOG_NN",
                                world.resolve("RecSystracks_with_recs.json").toString(),
                        "DATA_LOG_FILE", folder.resolve("log.json").toString())));
    }
}
