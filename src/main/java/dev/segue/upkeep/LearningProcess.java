package dev.segue.upkeep;

import dev.segue.config.LearnSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code segue learn} in a process of its own, with the lowest priority, on one processor and with bounded memory, so
 * that requests do not wait for it. It has the class path and the Java of this process.
 */
final class LearningProcess implements Learner {

    private static final Logger LOG = LoggerFactory.getLogger(LearningProcess.class);
    private static final int KEPT_LINES = 20;
    private static final int STOP_SECONDS = 20;

    private final List<String> command;
    private volatile @Nullable Process running;
    private volatile boolean isStopped;

    /**
     * A process for one configuration.
     *
     * @param configuration the configuration file
     * @param flags the settings that have precedence over the file; their relative paths start at the working directory, which
     *     both processes share
     */
    LearningProcess(Path configuration, Map<String, String> flags, LearnSettings settings) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx" + settings.memoryMb() + "m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.segue.cli.Main"));
        words.addAll(List.of("learn", "--config", configuration.toString(), "--format", "json", "--prepare"));
        flags.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        settings.into().ifPresent(arm -> words.addAll(List.of("--into", arm)));
        command = List.copyOf(words);
    }

    @Override
    public Result learn() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(LowestPriority.prefix());
        words.addAll(command);
        var builder = new ProcessBuilder(words);
        builder.environment().put("OMP_NUM_THREADS", "1"); // PyTorch's threads
        Process process = builder.start();
        running = process;
        if (isStopped) {
            terminate(process);
        }
        process.getOutputStream().close();
        Deque<String> messages = new ArrayDeque<>();
        Thread reader = new Thread(() -> readMessages(process, messages), "segue-learning-messages");
        reader.setDaemon(true);
        reader.start();
        byte[] output = process.getInputStream().readAllBytes();
        int exitCode = process.waitFor();
        reader.join();
        running = null;
        synchronized (messages) {
            return new Result(
                    exitCode, new String(output, StandardCharsets.UTF_8), String.join("\n", messages), isStopped);
        }
    }

    /** Keeps the last lines of the error stream. */
    private static void readMessages(Process process, Deque<String> messages) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.debug("learning: {}", line);
                synchronized (messages) {
                    messages.add(line);
                    if (messages.size() > KEPT_LINES) {
                        messages.remove();
                    }
                }
            }
        } catch (IOException ended) {
            LOG.debug("the messages of the learning ended", ended);
        }
    }

    /** Stops at the next checkpoint, or after some time. A later learning continues. */
    @Override
    public void stop() {
        isStopped = true;
        Process process = running;
        if (process == null) {
            return;
        }
        terminate(process);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        }
    }

    /** Only signals: {@link Process#destroy} would close the streams, so that reading them would fail. */
    private static void terminate(Process process) {
        var unused = process.toHandle().destroy();
    }

    private static void kill(Process process) {
        var unused = process.toHandle().destroyForcibly();
    }
}
