package dev.segue.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders are all new or all old, wherever the process is killed. */
@Timeout(120)
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
        JointReplacement.remove(Objects.requireNonNull(obstacle.getParent()));
        JointReplacement.complete(folder);
        assertEquals("second", Files.readString(folder.resolve("c.json")));
        assertEquals(Set.of("second"), contents(folder));
    }

    @Test
    void withoutAJournalNothingIsWritten() {
        JointReplacement.complete(folder.resolve("state"));
        assertFalse(Files.exists(folder.resolve("state")));
    }

    /** The end of a process, which runs no more code. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Ends the process before the step of a number, counted from 0. */
    private JointReplacement killedAt(int step) {
        var steps = new AtomicInteger();
        return new JointReplacement(folder, () -> {
            if (steps.getAndIncrement() == step) {
                throw new Killed();
            }
        });
    }

    /** @return whether the process was killed */
    private static boolean isKilled(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    @Test
    void aKilledProcessLeavesNoMixture() throws Exception {
        Path journal = folder.resolve("replacement.jsonl");
        JointReplacement.run(folder, prepare(folder, "before"));
        int places = 0;
        while (true) {
            String content = "after " + places;
            Set<String> former = contents(folder);
            Map<Path, Optional<Path>> sources = prepare(folder, content);
            JointReplacement replacement = killedAt(places);
            if (!isKilled(() -> replacement.run(sources))) {
                break;
            }
            Set<String> expected = Files.exists(journal) ? Set.of(content) : former;
            for (int second = 0; isKilled(killedAt(second)::complete); second++) {
                assertTrue(Files.exists(journal), "a completion was killed too");
            }
            assertEquals(expected, contents(folder), "killed before step " + places);
            assertFalse(Files.exists(journal));
            places++;
        }
        assertEquals(
                10, places, "the journal, two files, two folders with three steps each, and the end of the journal");
    }
}
