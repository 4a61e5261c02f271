package dev.segue.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors are reported in one line that names the place and the remedy. */
class ConfigurationRefusalTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void invalidFilesAreRefusedInOneLine(BadConfig bad) {
        ConfigFolder config = new ConfigFolder(folder).with(bad.json());

        assertEquals(bad.message(folder), ConfigFolder.refusal(config.file(), Map.of(), Map.of()));
    }

    @Test
    void invalidUtf8IsMalformed() throws IOException {
        Path file = Files.write(folder.resolve("config.json"), new byte[] {'{', '"', (byte) 0xff, '"'});

        assertStartsWith("config.json:1:5: malformed JSON; ", ConfigFolder.refusal(file, Map.of(), Map.of()));
    }

    @Test
    void excessiveNestingAndLengthsAreRefused() {
        for (String text : List.of("[".repeat(100_000), "{'seed': " + "1".repeat(5000) + "}")) {
            Path file = new ConfigFolder(folder).with(text).file();

            assertEquals(
                    "config.json: nests too deeply or holds too long a number, text or key",
                    ConfigFolder.refusal(file, Map.of(), Map.of()));
        }
    }

    @Test
    void missingFilesAreReportedWithTheRemedy() {
        Path missing = folder.resolve("missing.json");

        assertEquals(
                "no such file " + missing + ": write one or name another with --config",
                ConfigFolder.refusal(missing, Map.of(), Map.of()));
    }

    @Test
    void foldersAreRefused() {
        assertEquals(
                "cannot read " + folder + ": make it a readable file or name another with --config",
                ConfigFolder.refusal(folder, Map.of(), Map.of()));
    }

    @Test
    void messagesNameTheFileThatWasRead() throws IOException {
        Path config = new ConfigFolder(folder)
                .with("{'TRACKS_CATALOG': 'tracks.json', 'recommenders': {'r': {'type': 'random'}}}")
                .file();
        Path other = Files.move(config, folder.resolve("other.json"));

        assertEquals(
                "other.json: treatment C of experiment NEXT_TRACK names recommender \"contextual\"; other.json defines: r",
                ConfigFolder.refusal(other, Map.of(), Map.of()));
    }

    @Test
    void unknownVariablesAreRefusedWithTheNearest() {
        assertStartsWith(
                "environment SEGUE_SERVER_PRT: unknown setting; did you mean \"SEGUE_SERVER_PORT\"? known: SEGUE_TRACKS_",
                refusal(Map.of("SEGUE_SERVER_PRT", "1"), Map.of()));
    }

    @Test
    void unknownFlagsAreRefusedWithTheNearest() {
        assertStartsWith(
                "flag server.prt: unknown setting; did you mean \"server.port\"? known: TRACKS_CATALOG, ",
                refusal(Map.of(), Map.of("server.prt", "1")));
    }

    @Test
    void recommendersAndExperimentsAreRefusedOutsideTheFile() {
        for (String name : List.of("experiments", "experiments.0.traffic", "recommenders.new.type", "experiments[0]")) {
            assertEquals(
                    "flag " + name
                            + ": recommenders and experiments are set in the file alone; name another with --config",
                    refusal(Map.of(), Map.of(name, "1")));
        }
        assertStartsWith(
                "environment SEGUE_EXPERIMENTS_0_TRAFFIC: recommenders and experiments are set in the file alone",
                refusal(Map.of("SEGUE_EXPERIMENTS_0_TRAFFIC", "1"), Map.of()));
    }

    @Test
    void invalidValuesOutsideTheFileAreReportedWithTheirPlace() {
        assertEquals(
                "environment SEGUE_SERVER_PORT: \"abc\" is no integer from 0 to 65535",
                refusal(Map.of("SEGUE_SERVER_PORT", "abc"), Map.of()));
        assertEquals(
                "flag server.port: 65536 is no integer from 0 to 65535",
                refusal(Map.of(), Map.of("server.port", "65536")));
        assertEquals(
                "flag server.port: \"+1\" is no integer from 0 to 65535",
                refusal(Map.of(), Map.of("server.port", "+1")));
        assertEquals(
                "flag seed: 9999999999999999999 is no integer from -9223372036854775808 to 9223372036854775807",
                refusal(Map.of(), Map.of("seed", "9999999999999999999")));
        assertEquals(
                "flag DATA_LOG_FILE: \"\" is no text of 1 or more characters",
                refusal(Map.of(), Map.of("DATA_LOG_FILE", "")));
    }

    @Test
    void missingCatalogsAreReportedWithTheirAbsolutePath() {
        assertEquals(
                "environment SEGUE_TRACKS_METADATA: no such file "
                        + Path.of("no.json").toAbsolutePath() + "; paths are relative to the working directory",
                refusal(Map.of("SEGUE_TRACKS_METADATA", "no.json"), Map.of()));
    }

    private String refusal(Map<String, String> environment, Map<String, String> flags) {
        Path file = new ConfigFolder(folder)
                .with("{'TRACKS_CATALOG': 'tracks.json'}")
                .file();
        return ConfigFolder.refusal(file, environment, flags);
    }

    private static void assertStartsWith(String start, String message) {
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }
}
