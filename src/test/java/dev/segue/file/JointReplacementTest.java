package dev.segue.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders are all new or all old, wherever the process is killed. */
@Timeout(300)
class JointReplacementTest {

    private static final List<String> NAMES = List.of("a.json", "model", "b.json", "other/model");

    @TempDir
    Path folder;

    /** Writes new files and folders with one content, and returns their replacement. */
    private static Map<Path, Optional<Path>> prepare(Path folder, String content) throws IOException {
        Map<Path, Optional<Path>> sources = new LinkedHashMap<>();
        for (String name : NAMES) {
            Path target = folder.resolve(name);
            Path prepared = JointReplacement.prepared(target);
            if (name.endsWith(".json")) {
                Files.writeString(prepared, content);
            } else {
                JointReplacement.remove(prepared);
                Files.createDirectories(prepared);
                Files.writeString(prepared.resolve("part1"), content);
                Files.writeString(prepared.resolve("part2"), content);
            }
            sources.put(target, Optional.of(prepared));
        }
        return sources;
    }

    /** The contents of all files and folders in place. */
    private static Set<String> contents(Path folder) throws IOException {
        Set<String> contents = new TreeSet<>();
        for (String name : NAMES) {
            Path target = folder.resolve(name);
            if (Files.isDirectory(target)) {
                contents.add(Files.readString(target.resolve("part1")));
                contents.add(Files.readString(target.resolve("part2")));
            } else {
                contents.add(Files.exists(target) ? Files.readString(target) : "missing " + name);
            }
        }
        return contents;
    }

    @Test
    void filesAndFoldersAreReplacedTogether() throws Exception {
        JointReplacement.run(folder.resolve("state"), prepare(folder, "first"));
        assertEquals(Set.of("first"), contents(folder));
        JointReplacement.run(folder.resolve("state"), prepare(folder, "second"));
        assertEquals(Set.of("second"), contents(folder));
        assertEquals("first", Files.readString(folder.resolve("model.previous/part1")));
        assertFalse(Files.exists(folder.resolve("state/replacement.jsonl")));
    }

    @Test
    void aTargetWithoutASourceIsRemoved() throws Exception {
        JointReplacement.run(folder, prepare(folder, "first"));
        JointReplacement.run(
                folder, Map.of(folder.resolve("a.json"), Optional.empty(), folder.resolve("model"), Optional.empty()));
        assertFalse(Files.exists(folder.resolve("a.json")));
        assertFalse(Files.exists(folder.resolve("model")));
        assertTrue(Files.exists(folder.resolve("b.json")));
    }

    @Test
    void aFailureIsCompletedLater() throws Exception {
        JointReplacement.run(folder, prepare(folder, "first"));
        Path obstacle = Files.createDirectories(folder.resolve("c.json/inside"));
        Map<Path, Optional<Path>> sources = prepare(folder, "second");
        Path source = Files.writeString(folder.resolve("new"), "second");
        sources.put(folder.resolve("c.json"), Optional.of(source));
        var failed = assertThrows(FileException.class, () -> JointReplacement.run(folder, sources));
        assertTrue(String.valueOf(failed.getMessage()).contains("replacement.jsonl"), failed::getMessage);
        JointReplacement.remove(obstacle.getParent());
        JointReplacement.complete(folder);
        assertEquals("second", Files.readString(folder.resolve("c.json")));
        assertEquals(Set.of("second"), contents(folder));
    }

    @Test
    void withoutAJournalNothingIsWritten() {
        JointReplacement.complete(folder.resolve("state"));
        assertFalse(Files.exists(folder.resolve("state")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which cannot move a folder that another process has open
    void aKilledProcessLeavesNoMixture() throws Exception {
        JointReplacement.run(folder, prepare(folder, "0"));
        int journals = 0;
        for (int kill = 1; kill <= 12; kill++) {
            killWhileReplacing(10 * kill);
            journals += Files.exists(folder.resolve("replacement.jsonl")) ? 1 : 0;
            JointReplacement.complete(folder);
            assertEquals(1, contents(folder).size(), () -> "a mixture");
        }
        assertTrue(journals > 0, "no kill was among the moves");
    }

    private void killWhileReplacing(int replacements) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replacing.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int line = 0; line < replacements; line++) {
                assertEquals("replaces", lines.readLine());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Replaces the files again and again until it is killed. */
    static final class Replacing {

        private Replacing() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            for (int i = 1; true; i++) {
                Map<Path, Optional<Path>> sources = prepare(folder, Integer.toString(i));
                System.out.println("replaces");
                JointReplacement.run(folder, sources);
            }
        }
    }
}
