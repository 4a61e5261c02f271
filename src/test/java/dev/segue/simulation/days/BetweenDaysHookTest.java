package dev.segue.simulation.days;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a stop ends the pause and the command. */
@Timeout(60)
class BetweenDaysHookTest {

    private final PrintWriter terminal = new PrintWriter(new StringWriter());

    @Test
    void pauseEndsWithoutEnter() throws IOException {
        InputStream before = System.in;
        try (var keyboard = new PipedOutputStream()) {
            System.setIn(new PipedInputStream(keyboard));
            var checks = new AtomicInteger();
            new BetweenDaysHook(true, null).run(1, terminal, () -> checks.incrementAndGet() > 3);
            assertEquals(4, checks.get());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void commandIsEnded(@TempDir Path directory) throws Exception {
        Path id = directory.resolve("id");
        String command = "echo $$ > '" + id + ".new'; mv '" + id + ".new' '" + id + "'; exec sleep 600";
        new BetweenDaysHook(true, command).run(1, terminal, () -> Files.exists(id));
        long process = Long.parseLong(Files.readString(id).strip());
        ProcessHandle.of(process)
                .ifPresent(running -> running.onExit()
                        .completeOnTimeout(running, 30, TimeUnit.SECONDS)
                        .join());
        assertFalse(ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false));
    }
}
