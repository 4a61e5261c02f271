package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code segue serve} as a process of its own, with the files of {@link TestServer#in}. */
@SuppressWarnings("try") // the end of the process is waited for
final class ServeProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Segue listens at (\\S+) .*");

    private final Path errors;
    private final Process process;
    private final URI uri;

    private ServeProcess(Path errors, Process process) throws IOException {
        this.errors = errors;
        this.process = process;
        Matcher address = ADDRESS.matcher(String.valueOf(process.inputReader().readLine()));
        assertTrue(address.matches(), error());
        uri = URI.create(address.group(1));
        process.inputReader().readLine(); // printing to a closed pipe would end the server
    }

    /**
     * Starts a server on a free port, and waits until it is ready.
     *
     * @param options of Java
     * @param settings as for {@code --set}
     */
    static ServeProcess start(Path folder, List<String> options, String... settings) throws IOException {
        TestServer.in(folder);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.segue.cli.Main",
                "serve",
                "--config",
                folder.resolve("config.json").toString(),
                "--port",
                "0"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        Path errors = folder.resolve("error");
        return new ServeProcess(
                errors,
                new ProcessBuilder(command).redirectError(errors.toFile()).start());
    }

    URI uri() {
        return uri;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    void stop() {
        process.destroy();
    }

    /** Waits for the end of the process, and returns its exit code. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** The standard error so far. */
    String error() throws IOException {
        return Files.readString(errors, UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
