package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has bash complete words. */
class CompletionTest {

    @TempDir
    private Path folder;

    private List<String> complete(String... words) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        var run = new CommandRun();
        assertEquals(0, run.of(List.of("generate-completion")));
        Path script = Files.writeString(folder.resolve("completion"), run.output.toString());
        String line = ". " + script + "; COMP_WORDS=('" + String.join("' '", words) + "'); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}"
                + "; _complete_segue; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "-c", line)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), output);
        return output.lines().map(String::strip).toList();
    }

    @Test
    void commandsAndOptionsAreCompleted() throws Exception {
        assertEquals(List.of("serve"), complete("segue", "ser"));
        assertTrue(complete("segue", "serve", "--").containsAll(List.of("--config", "--port", "--set")));
        assertFalse(complete("segue", "").contains("generate-completion"), "hidden");
    }
}
