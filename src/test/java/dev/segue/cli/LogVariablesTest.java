package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogVariablesTest {

    private static final Map<String, String> NONE = Map.of();

    @TempDir
    private Path folder;

    /** Logs a message of each level. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Logger log = LoggerFactory.getLogger(Program.class);
            log.debug("a debug \"message\"");
            log.info("an info \"message\"");
            log.warn("a warn \"message\"");
        }
    }

    private String messages(Class<?> program, Map<String, String> variables) throws Exception {
        Path error = folder.resolve("error");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectError(error.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SEGUE_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertEquals(
                "", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8), "standard output");
        assertEquals(program == Program.class ? 0 : 2, process.waitFor());
        return Files.readString(error);
    }

    @Test
    void messagesAreTextOnStandardErrorAndNothingElseIsPrinted() throws Exception {
        String[] lines = messages(Program.class, NONE).split("\n");
        assertEquals(2, lines.length, String.join("\n", lines));
        assertTrue(lines[0].endsWith(" INFO  LogVariablesTest$Program: an info \"message\""), lines[0]);
    }

    @Test
    void messagesAreJsonOnDemandAndNothingElseIsPrinted() throws Exception {
        String[] lines =
                messages(Program.class, Map.of("SEGUE_LOG_FORMAT", "json")).split("\n");
        assertEquals(2, lines.length, String.join("\n", lines));
        JsonNode line = new JsonMapper().readTree(lines[1]);
        assertEquals("WARN", line.get("level").asString());
        assertEquals("a warn \"message\"", line.get("formattedMessage").asString());
    }

    @ParameterizedTest
    @CsvSource({"error, 0", "warn, 1", "info, 2", "debug, 3"})
    void theLevelSelectsMessages(String level, int expected) throws Exception {
        assertEquals(
                expected,
                messages(Program.class, Map.of("SEGUE_LOG_LEVEL", level))
                        .lines()
                        .count());
    }

    @ParameterizedTest
    @CsvSource({"SEGUE_LOG_FORMAT, xml, 'text, json'", "SEGUE_LOG_LEVEL, loud, 'error, warn, info, debug'"})
    void anUnknownValueEndsEveryCommand(String variable, String value, String known) throws Exception {
        assertEquals(
                "segue: " + variable + ": \"" + value + "\" is unknown; set it to one of " + known + ", or remove it",
                messages(Main.class, Map.of(variable, value)).strip());
    }
}
