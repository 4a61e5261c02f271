package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeLogAndModel() {
        CommandRun.makeWorld(folder.resolve("world"), 300, 30);
        List<String> simulate =
                List.of("simulate", "--world", "" + folder.resolve("world"), "--policy", "random,top-pop");
        assertEquals(0, new CommandRun().of(simulate, "--sessions", "3000", "--log", "" + folder.resolve("log.json")));
        var run = new CommandRun();
        List<String> train = List.of("train", "--epochs", "30", "--learning-rate", "0.01", "--model", "new");
        String template = "--log #log.json --catalog #world/tracks.json --out #model";
        String[] files = template.replace("#", folder + "/").split(" ");
        assertEquals(0, run.of(train, files), run.errors::toString);
    }

    /** A # stands for the folder. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "help",
                "help report",
                "serve --help",
                "serve -V",
                "power --mean 2.97 --sd 0.93 --lift 5%",
                "simulate --world #world --policy random --sessions 20",
                "simulate --world #world --policy random --sessions 20 --format JSON",
                "replay --log #log.json --config #config.json",
                "train --log #log.json --catalog #world/tracks.json --model contextual --epochs 1 --dimensions 4 --out #other --restart",
                "neighbours --model #model --catalog #world/tracks.json --out #neighbours.json",
                "listener-lists --model #model --out #lists.json",
                "top-tracks --log #log.json --catalog #world/tracks.json --out #top.json",
                "report --log #log.json",
                "report --log #log.json --format CSV",
                "report --log #log.json --format JSON",
                "report --log #log.json --aa 3",
                "assignments #log.json",
                "world --tracks 200 --users 5 --out #small",
            })
    void everyCommandFailsWhenItsOutputIsLost(String command) throws IOException {
        CommandRun.configure(folder.resolve("world"), folder);
        String[] arguments = command.replace("#", folder + "/").split(" ");
        var captured = new ByteArrayOutputStream();
        int whole = Main.execute(arguments, new StandardOutput(captured));
        assertTrue(captured.size() > 0, "the command prints output");
        assertTrue(whole == 0 || command.matches("(report|assignments|train) .*"), "exit code " + whole);
        int lost = Main.execute(arguments, new StandardOutput(new Failing("No space left on device")));
        assertEquals(whole == 0 ? 1 : whole, lost);
        int closed = Main.execute(arguments, new StandardOutput(new Failing("Broken pipe")));
        assertEquals(whole == 0 ? 141 : whole, closed);
    }

    @Test
    void lostOutputIsReportedOnceWithItsReasonExceptForAClosedPipe() {
        var errors = new StringWriter();
        var full = new StandardOutput(new Failing("No space left on device"));
        full.writer().println("a line");
        full.writer().println("and another");
        assertEquals(1, full.end(0, new PrintWriter(errors)));
        assertTrue(errors.toString().startsWith("segue: standard output cannot be written (No space left on device)"));
        assertEquals(1, errors.toString().lines().count());

        var silence = new StringWriter();
        var closed = new StandardOutput(new Failing("Broken pipe"));
        closed.writer().println("a line");
        assertEquals(StandardOutput.CLOSED_PIPE, closed.end(0, new PrintWriter(silence)));
        assertEquals("", silence.toString());
    }

    @Test
    void nothingIsWrittenAfterAGap() {
        var once = new Failing("No space left on device") {
            private final List<String> written = new ArrayList<>();
            private boolean failed;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (!failed) {
                    failed = true;
                    super.write(bytes, offset, length);
                }
                written.add(new String(bytes, offset, length, UTF_8));
            }
        };
        var output = new StandardOutput(once);
        output.writer().println("lost");
        output.writer().println("after it");
        assertEquals(1, output.end(0, new PrintWriter(new StringWriter())));
        assertEquals(List.of(), once.written);
    }

    @Test
    void theExitCodeOfAFailureIsKept() {
        var output = new StandardOutput(new Failing("No space left on device"));
        output.writer().println("a line");
        assertEquals(2, output.end(2, new PrintWriter(new StringWriter())));
    }

    /** Runs the program in its own process. */
    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"> /dev/full", ">&-"})
    void theProgramReportsOutputThatCannotBeWritten(String redirection) throws Exception {
        Process process = shell("\"$@\" power --mean 2.97 --sd 0.93 --lift 5% " + redirection);
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(1, process.waitFor(), errors);
        assertTrue(errors.startsWith("segue: standard output cannot be written ("), errors);
        assertEquals(1, errors.lines().count(), errors);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aClosedPipeEndsTheProgramWithoutAMessage() throws Exception {
        Process process = shell("{ sleep 0.01; \"$@\" --help; echo $? >&2; } | true");
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
        process.waitFor();
        assertEquals("141\n", errors);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void standardOutputAsOutFileIsAppendedTo() throws Exception {
        Path all = folder.resolve("all");
        String report = " report --format CSV --out /dev/stdout --log " + folder.resolve("log.json") + " 2>&-; ";
        Process process = shell("{ echo before; \"$@\"" + report + "echo after; } > " + all);
        assertEquals(0, process.waitFor());
        List<String> lines = Files.readAllLines(all);
        assertEquals("before", lines.get(0));
        assertTrue(lines.get(1).contains("metric"), lines.get(1));
        assertEquals("after", lines.get(lines.size() - 1));
        assertFalse(Files.isSymbolicLink(all));
    }

    /** Runs a line of the shell in which "$@" is the program. */
    private static Process shell(String line) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        line,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.segue.cli.Main")
                .start();
    }

    private static class Failing extends OutputStream {
        private final String reason;

        Failing(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException(reason);
        }
    }
}
