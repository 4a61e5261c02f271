package dev.segue.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs the fat jar. */
final class SegueJar implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Segue listens at (\\S+) .*");

    private final Process process;
    private final URI uri;

    private SegueJar(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    static ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-jar",
                Path.of(System.getProperty("segue.jar", "target/segue.jar"))
                        .toAbsolutePath()
                        .toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Starts {@code segue serve} on a free port and waits for its address. The log's timeouts are a minute. */
    static SegueJar serve(Path config, String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--config", config.toString(), "--port", "0"));
        arguments.addAll(List.of("--set", "server.log_wait_ms=60000", "--set", "log.stalled_after_ms=60000"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        Process process = command(arguments.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        Matcher address = ADDRESS.matcher(line == null ? "" : line);
        if (!address.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("the jar did not start: " + line);
        }
        String dashboard = output.readLine();
        if (!("The dashboard is at " + address.group(1) + "dashboard").equals(dashboard)) {
            process.destroyForcibly();
            throw new AssertionError(dashboard);
        }
        return new SegueJar(process, URI.create(address.group(1)));
    }

    URI uri() {
        return uri;
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** {@code kill}; returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
