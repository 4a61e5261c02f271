package dev.segue.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;
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
    void afterAMoveThatFailsTheFormerFilesAreInPlace() throws Exception {
        JointReplacement.run(folder, prepare(folder, "first"));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("a.json"));
        Path obstacle = Files.createDirectories(folder.resolve("c.json/inside"));
        Map<Path, Optional<Path>> sources = prepare(folder, "second");
        sources.put(folder.resolve("link.json"), Optional.of(Files.writeString(folder.resolve("new link"), "second")));
        sources.put(folder.resolve("absent.json"), Optional.of(Files.writeString(folder.resolve("new"), "second")));
        Files.writeString(folder.resolve("removed.json"), "first");
        sources.put(folder.resolve("removed.json"), Optional.empty());
        sources.put(folder.resolve("c.json"), Optional.of(Files.writeString(folder.resolve("new c"), "second")));
        var failed = assertThrows(FileException.class, () -> JointReplacement.run(folder, sources));
        assertTrue(String.valueOf(failed.getMessage()).contains("new c"), failed::getMessage);
        assertTrue(String.valueOf(failed.getMessage()).contains("the former ones stay"), failed::getMessage);
        assertEquals(Set.of("first"), contents(folder));
        assertEquals(Path.of("a.json"), Files.readSymbolicLink(link));
        assertFalse(Files.exists(folder.resolve("absent.json")));
        assertEquals("first", Files.readString(folder.resolve("removed.json")));
        assertFalse(Files.exists(folder.resolve("replacement.jsonl")), "a start does not try the moves again");

        JointReplacement.remove(Objects.requireNonNull(obstacle.getParent()));
        JointReplacement.run(folder, sources);
        assertEquals(Set.of("second"), contents(folder));
        assertEquals("second", Files.readString(folder.resolve("c.json")));
        assertEquals("second", Files.readString(folder.resolve("absent.json")));
        assertFalse(Files.exists(folder.resolve("removed.json")));
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().matches("\\.(replaced|learning)-.*"))
                            .toList());
        }
    }

    @Test
    void whereverAChangeFailsTheFilesAreOfOneGeneration() throws Exception {
        JointReplacement.run(folder, prepare(folder, "before"));
        JointReplacement.run(folder, prepare(folder, "present")); // so that there are previous folders
        for (int step = 0; ; step++) {
            Set<String> former = contents(folder);
            String content = "after " + step;
            Map<Path, Optional<Path>> sources = prepare(folder, content);
            var steps = new AtomicInteger(step);
            var replacement = new JointReplacement(folder, () -> {
                if (steps.getAndDecrement() == 0) {
                    throw new UncheckedIOException(new IOException("broken"));
                }
            });
            try {
                replacement.run(sources);
            } catch (FileException failed) {
                Set<String> expected = Files.exists(folder.resolve("replacement.jsonl")) ? Set.of(content) : former;
                assertEquals(expected, contents(folder), "failed at step " + step);
                JointReplacement.complete(folder);
                assertEquals(expected, contents(folder), "failed at step " + step);
                continue;
            }
            assertEquals(Set.of(content), contents(folder));
            if (steps.get() >= 0) {
                break;
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void aCompletionThatFailsNamesTheJournalAndARemedy() throws Exception {
        JointReplacement.run(folder, prepare(folder, "first"));
        Map<Path, Optional<Path>> sources = prepare(folder, "second");
        Path journal = folder.resolve("replacement.jsonl");
        assertTrue(isKilled(() -> new JointReplacement(folder, () -> killIfExists(journal)).run(sources)));
        Path target = folder.resolve("b.json");
        Files.delete(target);
        Files.createDirectories(target.resolve("inside"));
        var failed = assertThrows(FileException.class, () -> JointReplacement.complete(folder));
        String message = String.valueOf(failed.getMessage());
        assertTrue(message.contains(journal.toString()), message);
        assertTrue(message.contains("move each \"source\" in that file to its \"target\""), message);
        JointReplacement.remove(target);
        JointReplacement.complete(folder);
        assertEquals(Set.of("second"), contents(folder));
    }

    private static void killIfExists(Path journal) {
        if (Files.exists(journal)) {
            throw new Killed();
        }
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
                14,
                places,
                "the journal, two files with three steps each, two folders with three steps each, and the end of the journal");
        assertNothingIsLeft();
    }
}
