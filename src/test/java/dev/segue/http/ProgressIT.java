package dev.segue.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a long run, and what a file gets of it. */
class ProgressIT {

    private static final String[] SIMULATE = {
        "simulate", "--world", "data", "--policy", "random", "--sessions", "1000000", "--threads", "1"
    };

    private static final Pattern BAR =
            Pattern.compile("simulate +[0-9]+% .*[0-9]+/1000000 sessions \\([0-9:]+ / [0-9:]+\\) [0-9.]+ session");

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void personAtATerminalSeesABarWithRateAndTimeLeft() throws Exception {
        assertTrue(BAR.matcher(seen("")).find());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void figuresInAFileLeaveTheBarOnTheTerminal() throws Exception {
        Path figures = folder.resolve("figures");
        assertTrue(BAR.matcher(seen(" > " + figures)).find());
        assertEquals(2, Files.readAllLines(figures).size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void messagesInAFileAreNotMixedWithTheBar() throws Exception {
        Path messages = folder.resolve("messages");
        assertFalse(BAR.matcher(seen(" 2> " + messages)).find());
        assertEquals(1, Files.readAllLines(messages).size());
    }

    /** {@code script}, of every Debian, runs a command at a terminal of its own; what is seen there. */
    private static String seen(String redirection) throws Exception {
        String command = String.join(" ", SegueJar.command(SIMULATE).command()) + redirection;
        return output(new ProcessBuilder("script", "-qec", command, "/dev/null"));
    }

    @Test
    void whatIsNoTerminalGetsTheFiguresOnly() throws Exception {
        String seen = output(SegueJar.command(SIMULATE));
        List<String> lines = seen.lines().toList();
        assertEquals(3, lines.size(), seen);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("1,000,000 of 1,000,000 sessions in ")), seen);
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        command.directory(Path.of("").toAbsolutePath().toFile()).redirectErrorStream(true);
        Process process = command.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
