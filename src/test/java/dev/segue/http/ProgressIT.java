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

/** Tests the output of long runs on terminals and in files. */
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
    void terminalsShowABarWithRateAndTimeLeft() throws Exception {
        assertTrue(BAR.matcher(terminalOutput("")).find());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theBarStaysOnTheTerminalIfFiguresGoToAFile() throws Exception {
        Path figures = folder.resolve("figures");
        assertTrue(BAR.matcher(terminalOutput(" > " + figures)).find());
        assertEquals(2, Files.readAllLines(figures).size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void messagesInAFileAreNotMixedWithTheBar() throws Exception {
        Path messages = folder.resolve("messages");
        assertFalse(BAR.matcher(terminalOutput(" 2> " + messages)).find());
        assertEquals(1, Files.readAllLines(messages).size());
    }

    /** Returns the output of a simulation on a pseudo-terminal, by {@code script} of util-linux. */
    private static String terminalOutput(String redirection) throws Exception {
        String command = String.join(" ", SegueJar.command(SIMULATE).command()) + redirection;
        return output(new ProcessBuilder("script", "-qec", command, "/dev/null"));
    }

    @Test
    void outputWithoutATerminalHasFiguresOnly() throws Exception {
        String printed = output(SegueJar.command(SIMULATE));
        List<String> lines = printed.lines().toList();
        assertEquals(3, lines.size(), printed);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("1,000,000 of 1,000,000 sessions in ")), printed);
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
