package dev.segue.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.LearnSettings;
import java.nio.file.Path;
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
        var process = new LearningProcess(folder.resolve("none.json"), settings);
        Learner.Result result = process.learn();
        assertNotEquals(0, result.exitCode());
        assertEquals("", result.output());
        assertTrue(result.messages().endsWith("write one or name another with --config"), result.messages());
    }

    @Test
    void aStopBeforeTheProcessBeginsIsNoFailure() throws Exception {
        var settings = new LearnSettings(OptionalInt.empty(), 128, 1, Optional.empty());
        var process = new LearningProcess(folder.resolve("none.json"), settings);
        process.stop();
        assertTrue(process.learn().isStopped());
    }
}
