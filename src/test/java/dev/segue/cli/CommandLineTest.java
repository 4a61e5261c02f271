package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

    private final CommandRun run = new CommandRun();

    static List<String> commands() {
        return List.of(
                "serve",
                "simulate",
                "replay",
                "train",
                "evaluate",
                "neighbours",
                "content-neighbours",
                "listener-lists",
                "top-tracks",
                "report",
                "power",
                "world",
                "import",
                "assignments");
    }

    @Test
    void helpListsAllCommands() {
        assertEquals(0, run.of(List.of("help")));
        for (String command : commands()) {
            assertTrue(run.output.toString().contains("\n  " + command), command);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpCommandPrintsTheHelpOfACommand(String command) {
        assertEquals(0, run.of(List.of("help", command)));
        var own = new CommandRun();
        assertEquals(0, own.of(List.of(command, "--help")));
        assertEquals(own.output.toString(), run.output.toString());
        assertTrue(run.output.toString().startsWith("Usage: segue " + command));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandPrintsTheVersion(String command) {
        assertEquals(0, run.of(List.of("--version")));
        assertTrue(run.output.toString().startsWith("segue "));
        assertTrue(run.output.toString().contains("Java " + Runtime.version()), run.output::toString);
        for (String flag : List.of("-V", "--version")) {
            var own = new CommandRun();
            assertEquals(0, own.of(List.of(command, flag)));
            assertEquals(run.output.toString(), own.output.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reprot | there is no command reprot; did you mean report?; segue help lists all",
                "inport | there is no command inport; did you mean import?; segue help lists all",
                "Serve | there is no command Serve; did you mean serve?",
                "neighbors | there is no command neighbors; did you mean neighbours?",
                "listener | there is no command listener; did you mean listener-lists?",
                "playlist | there is no command playlist; segue help lists all",
                "help reprot | there is no command reprot; did you mean report?",
                "report --fromat CSV | there is no option --fromat; did you mean --format or --from?",
                "report --fromat=CSV | there is no option --fromat; did you mean --format or --from?",
                "serve --prot 5001 | there is no option --prot; did you mean --port?",
                "simulate --session 5 | there is no option --session; did you mean --sessions?",
                "power --xyzzy 1 --mean 1 --sd 1 | there is no option --xyzzy (see segue power --help)",
                "--verison | there is no option --verison; did you mean --version?",
            })
    void anUnknownNameSuggestsTheNearest(String words, String message) {
        assertEquals(2, run.of(List.of(words.split(" "))));
        run.assertOneLineOfError(message);
    }

    @Test
    void missingCommandPointsToHelp() {
        assertEquals(2, run.of(List.of()));
        run.assertOneLineOfError("segue help lists them");
    }
}
