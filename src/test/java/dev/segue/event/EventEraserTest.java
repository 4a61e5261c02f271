package dev.segue.event;

import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventEraserTest {

    private static final ListenerId ERASED = ListenerId.of(2);

    @TempDir
    private Path folder;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<EventEraser.Erasure> erase() {
        return new EventEraser(ERASED).eraseFrom(EventLogs.find(List.of(folder.toString())));
    }

    @Test
    void theEventsOfOneListenerAreErasedFromAllFiles() throws Exception {
        Path old = write("data.json.000001", line(event(1, 1)) + line(event(2, 1)) + line(event(22, 1)));
        Path live = write("data.json", line(event(2, 2)));
        List<EventEraser.Erasure> files = erase();
        assertEquals(line(event(1, 1)) + line(event(22, 1)), Files.readString(old));
        assertEquals("", Files.readString(live));
        assertEquals(
                List.of(1L, 1L), files.stream().map(EventEraser.Erasure::erased).toList());
        assertEquals(
                List.of(2L, 0L), files.stream().map(EventEraser.Erasure::kept).toList());
    }

    @Test
    void aFileWithoutEventsOfTheListenerIsNotTouched() throws Exception {
        Path file = write("data.json.000001", line(event(1, 1)));
        Object before = Files.readAttributes(file, "fileKey,lastModifiedTime");
        erase();
        assertEquals(before, Files.readAttributes(file, "fileKey,lastModifiedTime"));
    }

    @Test
    void otherLinesKeepTheirBytes() throws Exception {
        String odd =
                "{\"message\" : \"next\",\t\"timestamp\":1.0,\"user\":\"zoë\",\"track\":3,\"time\":0.50,\"x\":[1]}\r\n\n";
        Path file = write("data.json", odd + line(event(2, 1)) + "no event\n" + line(event(3, 1)) + "{\"mess");
        EventEraser.Erasure erasure =
                new EventEraser(ERASED).erase(List.of(file)).get(0);
        assertEquals(odd + "no event\n" + line(event(3, 1)) + "{\"mess", Files.readString(file));
        assertEquals(2, erasure.unreadable());
        assertTrue(String.valueOf(erasure.firstUnreadable()).startsWith(file + ":4: "), erasure.firstUnreadable());
    }

    @Test
    void aListenerIsErasedInEitherNotation() throws Exception {
        Path file = write("data.json", line(event(2, 1)).replace("\"user\":2", "\"user\":\"2\""));
        assertTrue(Files.readString(file).contains("\"user\":\"2\""));
        assertEquals(1, erase().get(0).erased());
        assertEquals("", Files.readString(file));
    }

    @Test
    void aGzippedFileStaysGzipped() throws Exception {
        Path file = folder.resolve("data.json.000001.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((line(event(2, 1)) + line(event(3, 1))).getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(1, erase().get(0).erased());
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            assertArrayEquals(line(event(3, 1)).getBytes(StandardCharsets.UTF_8), in.readAllBytes());
        }
    }

    @Test
    void permissionsAndTheTimeOfTheLastEventAreKept() throws Exception {
        Path file = write("data.json.000001", line(event(2, 1)) + line(event(3, 1)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(file, time);
        erase();
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(time, Files.getLastModifiedTime(file));
    }

    @Test
    void theLogOfARunningServerIsRefusedAndUnchanged() throws Exception {
        Path old = write("data.json.000001", line(event(2, 1)));
        try (EventLog log = EventLog.open(EventLogOptions.of(folder.resolve("data.json")))) {
            var refused = assertThrows(EventLogException.class, this::erase);
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("is in use by another process"),
                    refused.getMessage());
            assertTrue(log.isWritable());
        }
        assertEquals(line(event(2, 1)), Files.readString(old));
    }

    /** Leaves copies as an erasure does that is killed, and files with similar names. */
    private void leaveCopies() throws IOException {
        for (String name : List.of("data.json", "data.json.000001", "data.json.000002.gz", "other.json.000001")) {
            write(name + "." + UUID.randomUUID() + ".tmp", line(event(2, 1)));
        }
        write("data.json.000001.mine.tmp", "");
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("[-0-9a-f]{36}", "UUID"))
                    .filter(name -> name.endsWith(".tmp"))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theCopiesThatAKilledErasureLeftAreDeleted() throws Exception {
        List<String> ofOthers = List.of("data.json.000001.mine.tmp", "other.json.000001.UUID.tmp");
        write("data.json.000001", line(event(2, 1)));
        Path live = write("data.json", line(event(3, 1)));
        leaveCopies();
        assertEquals(2, erase().size());
        assertEquals(ofOthers, copies(), "by the next erasure");
        leaveCopies();
        try (EventLog log = EventLog.open(EventLogOptions.of(live))) {
            assertEquals(ofOthers, copies(), "by the next start");
            leaveCopies();
            log.eraseFromRotations(ERASED);
            assertEquals(ofOthers, copies(), "by the next erasure of a running server");
        }
    }

    @Test
    void nothingIsErasedIfAFormatCannotBeWritten() throws Exception {
        Path lines = write("a.json", line(event(2, 1)));
        Path array = write("b.json", "[" + line(event(2, 1)).strip() + "]");
        var refused = assertThrows(EventLogException.class, this::erase);
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith(array + ": events can be erased only from"),
                refused.getMessage());
        assertEquals(line(event(2, 1)), Files.readString(lines));
    }

    @Test
    void aRepetitionErasesNothing() throws Exception {
        write("data.json", line(event(2, 1)) + line(event(3, 1)));
        erase();
        EventEraser.Erasure again = erase().get(0);
        assertEquals(0, again.erased());
        assertEquals(1, again.kept());
        assertNull(again.firstUnreadable());
    }
}
