package dev.segue.cli;

import dev.segue.http.SegueServer;
import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue prepare-start}: a short run of the server, from which Java records the start cache of {@code bin/segue}. */
@Command(
        name = "prepare-start",
        description = "Make the cache that shortens the start of segue serve, by a short run of the server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The start script has Java record the run. The server listens on a free port of the loopback interface, writes its log",
            "and state to a temporary folder, handles a few requests, and ends. A server that runs meanwhile is not affected."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PrepareStartCommand implements Callable<Integer> {

    /** The first start parses the catalogs, the second one has them parsed already. */
    private static final int STARTS = 2;

    private static final String LOG_LEVEL = "SEGUE_LOG_LEVEL";
    private static final int ROUNDS = 20;
    private static final int TIMEOUT_MS = 10_000;
    private static final List<String> PATHS = List.of(
            "next_track?user=1", "next_track?user=1&track=1&time=0.5", "health/ready", "health/live", "metrics");
    private static final byte[] PLAY = "{\"track\":1,\"time\":0.5}".getBytes(StandardCharsets.UTF_8);

    @Mixin
    private ConfigurationOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (System.getenv(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "WARN"); // the starts have nothing to tell unless they fail
        }
        Path folder = Files.createTempDirectory("segue-prepare-start");
        try {
            var arguments = new ServeArguments(options.file(), flags(folder));
            for (int start = 0; start < STARTS; start++) {
                try (SegueServer server = Serving.start(arguments)) {
                    request(server.uri());
                }
            }
        } finally {
            delete(folder);
        }
        return ExitCode.OK;
    }

    private Map<String, String> flags(Path folder) {
        Map<String, String> flags = options.flags();
        flags.put("server.host", "127.0.0.1");
        flags.put("server.port", "0");
        flags.put("server.health_port", "0");
        flags.put("admin.host", "127.0.0.1");
        flags.put("admin.port", "0");
        flags.put("DATA_LOG_FILE", folder.resolve("log.json").toString());
        flags.put("access_log.file", folder.resolve("access.log").toString());
        flags.put("STATE_FOLDER", folder.resolve("state").toString());
        return flags;
    }

    /** Failed requests leave a cache that is good for the start itself. */
    private void request(URI server) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (String path : PATHS) {
                    read(open(server.resolve(path)));
                }
                post(server.resolve("next/1"));
                post(server.resolve("last/1"));
            }
        } catch (IOException failure) {
            spec.commandLine()
                    .getErr()
                    .println("segue prepare-start: the cache lacks the handling of requests: "
                            + FailureReason.of(failure));
        }
    }

    private static void post(URI uri) throws IOException {
        HttpURLConnection connection = open(uri);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream body = connection.getOutputStream()) {
            body.write(PLAY);
        }
        read(connection);
    }

    private static HttpURLConnection open(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        return connection;
    }

    private static void read(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
            connection.getInputStream().readAllBytes();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
