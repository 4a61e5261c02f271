package dev.segue.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.LearnSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningProcessTest {

    @TempDir
    private Path folder;

    @Test
    void aMistakeIsTheLastMessageOfTheProcess() throws Exception {
        var settings = new LearnSettings(OptionalInt.empty(), 128, 1, Optional.empty());
        var process = new LearningProcess(folder.resolve("none.json"), Map.of(), settings);
        Learner.Result result = process.learn();
        assertNotEquals(0, result.exitCode());
        assertEquals("", result.output());
        assertTrue(result.messages().endsWith("write one or name another with --config"), result.messages());
    }

    @Test
    void theProcessHasTheSettingsThatTheServerWasGiven() throws Exception {
        Files.writeString(folder.resolve("tracks.json"), "");
        Path config = Files.writeString(
                folder.resolve("config.json"),
                "{\"TRACKS_CATALOG\": \"tracks.json\", \"DATA_LOG_FILE\": \"log.json\"}");
        var settings = new LearnSettings(OptionalInt.empty(), 128, 1, Optional.empty());
        Map<String, String> flags = Map.of("server.port", "0", "DATA_LOG_FILE", folder + "/other = log.json");
        Learner.Result result = new LearningProcess(config, flags, settings).learn();
        String missing = "there is no log: " + folder + "/other = log.json does not exist";
        assertTrue(result.messages().contains(missing), result.messages());
    }

    @Test
    void aStopBeforeTheProcessBeginsIsNoFailure() throws Exception {
        var settings = new LearnSettings(OptionalInt.empty(), 128, 1, Optional.empty());
        var process = new LearningProcess(folder.resolve("none.json"), Map.of(), settings);
        process.stop();
        assertTrue(process.learn().isStopped());
    }
}
