package dev.segue.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of the test is its time in ms. */
class RollingLinesTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path folder;

    private Path file;
    private Path renamed;
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

    @BeforeEach
    void nameFiles() {
        file = folder.resolve("lines.log");
        renamed = folder.resolve("lines.log.1");
    }

    private RollingLines open(@Nullable Duration keptFor) {
        return RollingLines.open(
                file,
                new RollingLines.Limits(1_000_000, 10, keptFor),
                line -> OptionalLong.of(Long.parseLong(line)),
                () -> Instant.ofEpochMilli(now.get()),
                Duration.ofMillis(1));
    }

    private void add(RollingLines lines) {
        String line = Long.toString(now.get());
        lines.add(() -> line);
        Waiting.until(
                "the line is written",
                () -> Files.exists(file) && Files.readAllLines(file).contains(line));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    private void rename(Duration age) throws IOException {
        Files.writeString(renamed, "1\n");
        Files.setLastModifiedTime(renamed, FileTime.fromMillis(now.get() - age.toMillis()));
    }

    @Test
    void theFileIsRenamedWhenItsFirstLineIsADayOld() throws Exception {
        try (RollingLines lines = open(WEEK)) {
            add(lines);
            pass(Duration.ofHours(23));
            add(lines);
            assertEquals(2, Files.readAllLines(file).size());
            pass(Duration.ofHours(2));
            Waiting.until("the file is renamed without a line", () -> Files.exists(renamed));
            add(lines);
            assertEquals(2, Files.readAllLines(renamed).size());
            assertEquals(1, Files.readAllLines(file).size());
            pass(Duration.ofHours(25));
            Waiting.until("the next file is renamed", () -> Files.exists(folder.resolve("lines.log.2")));
        }
    }

    /** Neither the renaming nor the opening after it succeeds, because folders are in the way. */
    @Test
    void aFileThatCannotBeOpenedAgainIsWrittenLater() throws Exception {
        try (RollingLines lines = open(WEEK)) {
            add(lines);
            Files.writeString(folder.resolve("lines.log.9"), "1\n");
            Files.createDirectories(folder.resolve("lines.log.10/full"));
            Files.delete(file);
            Files.createDirectory(file);
            pass(Duration.ofHours(25));
            Waiting.until("lines are dropped and counted", () -> {
                lines.add(() -> "1");
                return lines.dropped() > 0;
            });
            Files.delete(file);
            pass(Duration.ofSeconds(2));
            add(lines);
        }
    }

    @Test
    void anEmptyFileIsNotRenamed() throws Exception {
        try (RollingLines lines = open(WEEK)) {
            pass(Duration.ofDays(3));
            add(lines);
            add(lines);
        }
        assertTrue(Files.notExists(renamed));
    }

    @Test
    void theAgeOfAFileOutlivesARestart() throws Exception {
        Files.writeString(file, now.get() + "\n");
        pass(Duration.ofHours(25));
        try (RollingLines lines = open(WEEK)) {
            add(lines);
            assertEquals(List.of(Long.toString(now.get())), Files.readAllLines(file));
            assertEquals(1, Files.readAllLines(renamed).size());
        }
    }

    @Test
    void aRenamedFileIsDeletedWhenItsTimeIsOver() throws Exception {
        rename(Duration.ofDays(6));
        try (RollingLines lines = open(WEEK)) {
            add(lines);
            assertTrue(Files.exists(renamed));
            pass(Duration.ofHours(25));
            Waiting.until(
                    "only the other file is left",
                    () -> Files.readString(renamed).length() > 2);
            Waiting.until("the old file is deleted", () -> Files.notExists(folder.resolve("lines.log.2")));
        }
    }

    @Test
    void withoutATimeNeitherHappens() throws Exception {
        rename(Duration.ofDays(1000));
        Files.writeString(file, "1\n");
        try (RollingLines lines = open(null)) {
            add(lines);
            pass(Duration.ofDays(2));
            add(lines);
        }
        assertEquals(3, Files.readAllLines(file).size());
        assertEquals("1\n", Files.readString(renamed));
    }
}
