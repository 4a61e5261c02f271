package dev.segue.event;

import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static dev.segue.event.TestEvents.readLog;
import static dev.segue.event.TestEvents.sequences;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the guarantees of the log when another program removes, renames, replaces or truncates its live file. */
@Timeout(120)
class EventLogTakenAwayTest {

    @TempDir
    private Path root;

    private Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        folder = root.resolve("log");
        file = folder.resolve("data.json");
    }

    @Test
    void removedFileIsRecreatedWithItsLastEvents() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 3);
            Files.delete(file);
            Waiting.until("the file exists again", () -> Files.exists(file)); // nothing is appended meanwhile
            write(log, 4, 5);
            assertEquals(1, log.takenAwayCounts().times(TakenAwayCounts.Way.REMOVED));
            assertEquals(3, log.takenAwayCounts().eventsRewritten());
            assertTrue(log.isWritable());
        }
        assertEquals(List.of(1, 2, 3, 4, 5), sequences(readLog(file)));
    }

    @Test
    void renamedFileKeepsItsEventsAndNewFileIsOpened() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 3);
            Files.move(file, folder.resolve("data.json.1"));
            Waiting.until("the file exists again", () -> Files.exists(file));
            write(log, 4, 5);
            assertEquals(1, log.takenAwayCounts().times(TakenAwayCounts.Way.RENAMED));
            assertEquals(0, log.takenAwayCounts().eventsRewritten());
        }
        assertEquals(List.of(1, 2, 3), read(folder.resolve("data.json.1")));
        assertEquals(List.of(4, 5), read(file));
    }

    @Test
    void fileCreatedInPlaceOfRenamedFileIsWrittenTo() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 3);
            Files.move(file, folder.resolve("data.json.1"));
            createIfAbsent();
            write(log, 4, 5);
            assertEquals(1, log.takenAwayCounts().times(TakenAwayCounts.Way.RENAMED));
        }
        assertEquals(List.of(1, 2, 3), read(folder.resolve("data.json.1")));
        assertEquals(List.of(4, 5), read(file));
    }

    private void createIfAbsent() throws IOException {
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
    }

    @Test
    void copyInPlaceOfTheFileIsContinuedWithoutDuplicates() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 3);
            Path copy = Files.copy(file, folder.resolve("copy"));
            write(log, 4, 4); // missing from the copy
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            write(log, 5, 6);
            assertEquals(1, log.takenAwayCounts().times(TakenAwayCounts.Way.REPLACED));
            assertEquals(1, log.takenAwayCounts().eventsRewritten());
        }
        assertEquals(List.of(1, 2, 3, 4, 5, 6), sequences(readLog(file)));
    }

    @Test
    void eventsMissingFromCopyAreRewrittenAfterTruncation() throws Exception {
        Path copy = root.resolve("copy");
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 3);
            Files.copy(file, copy);
            write(log, 4, 5);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
            write(log, 6, 7);
            assertEquals(1, log.takenAwayCounts().times(TakenAwayCounts.Way.TRUNCATED));
        }
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), all(List.of(copy, file)));
        assertFalse(Files.readString(file).contains("\0"));
    }

    @Test
    void fileTruncatedWithinLineIsRepaired() throws Exception {
        int line = line(event(1, 1)).length();
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 4);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(2L * line + 10);
            }
            write(log, 5, 5);
        }
        assertEquals(List.of(1, 2, 3, 4, 5), sequences(readLog(file)));
    }

    @Test
    void eventIsRewrittenIfFileIsMovedDuringWrite() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            write(log, 1, 1);
            disk.hang();
            TestAcknowledgement second = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 2)), second);
            disk.awaitHang();
            Files.move(file, root.resolve("elsewhere"));
            second.assertWaiting();
            disk.resume();
            second.awaitDone();
            assertEquals(List.of(1, 2), sequences(readLog(file)), "before anything else happens");
            assertEquals(2, log.takenAwayCounts().eventsRewritten());
        }
    }

    @Test
    void partialBatchIsRewrittenToNewFileAfterMove() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        int line = line(event(1, 1)).length();
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            disk.hang();
            log.append(event(1, 1));
            disk.awaitHang();
            disk.failTruncate();
            disk.fillUpAfter(line + line + line / 2);
            IntStream.rangeClosed(2, 5).forEach(i -> log.append(event(1, i))); // one batch
            disk.resume();
            disk.awaitWriteFailures(1);
            Files.move(file, root.resolve("torn"));
            disk.free();
            write(log, 6, 6);
        }
        assertEquals(List.of(1, 2, 3, 4, 5, 6), sequences(readLog(file)));
    }

    @Test
    void fullDiskAfterRemovalLosesNoEvents() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            write(log, 1, 3);
            disk.fillUpAfter(10);
            Files.delete(file);
            disk.awaitWriteFailures(2);
            assertFalse(log.isWritable());
            TestAcknowledgement fourth = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 4)), fourth);
            disk.awaitWriteFailures(2);
            fourth.assertWaiting();
            disk.free();
            fourth.awaitDone();
        }
        assertEquals(List.of(1, 2, 3, 4), sequences(readLog(file)));
    }

    @Test
    void logIsNotWritableUntilRemovedFolderIsRestored() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 3);
            deleteAll(folder);
            Waiting.until("the log is not writable", () -> !log.isWritable());
            assertEquals(
                    "cannot write " + file + ": the folder " + folder
                            + " is gone: put it back, or set DATA_LOG_FILE to another file and restart",
                    log.problem().orElseThrow());
            TestAcknowledgement fourth = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 4)), fourth);
            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);
            fourth.assertWaiting();
            Files.createDirectory(folder);
            fourth.awaitDone();
            writable.awaitDone();
            assertEquals(List.of(1, 2, 3, 4), sequences(readLog(file)));
        }
    }

    @Test
    void idleLogBecomesWritableWhenFolderIsRestored() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            Files.move(folder, root.resolve("moved"));
            Waiting.until("the log is not writable", () -> !log.isWritable());
            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);
            Files.move(root.resolve("moved"), folder);
            writable.awaitDone();
        }
    }

    @Test
    void folderInPlaceOfFileMakesLogUnwritableUntilRemoved() throws Exception {
        assertUnwritable(() -> Files.createDirectory(file), "is a folder: set DATA_LOG_FILE to a file");
    }

    @Test
    void linkInPlaceOfFileMakesLogUnwritableUntilRemoved() throws Exception {
        Path other = root.resolve("other.json");
        assertUnwritable(
                () -> Files.createSymbolicLink(file, other),
                "has become a symbolic link: remove the link, or restart to write where it leads");
        assertFalse(Files.exists(other));
    }

    @Test
    void fileThatIsNotALogIsNotAppendedTo() throws Exception {
        Path other = Files.writeString(root.resolve("notes.txt"), "dear diary\n");
        assertUnwritable(
                () -> Files.createLink(file, other),
                "is not an event log (it does not begin with {), so nothing is appended to it:"
                        + " move it away, or set DATA_LOG_FILE to another file");
        assertEquals("dear diary\n", Files.readString(other));
    }

    /** @param replaceFile creates something at the path of the file that the log must not write to */
    private void assertUnwritable(Callable<Path> replaceFile, String reason) throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 2);
            while (true) {
                Files.delete(file);
                try {
                    replaceFile.call();
                    break;
                } catch (IOException recreated) {
                    // the log recreated the file first
                }
            }
            Waiting.until("the log is not writable", () -> !log.isWritable());
            assertEquals(
                    "cannot write " + file + ": " + file + " " + reason,
                    log.problem().orElseThrow());
            TestAcknowledgement third = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 3)), third);
            third.assertWaiting();
            Files.delete(file);
            third.awaitDone();
        }
        assertEquals(List.of(1, 2, 3), sequences(readLog(file)));
    }

    @Test
    void noAcknowledgedEventIsLostWhenLogIsMovedDuringRotations() throws Exception {
        int events = 800;
        int line = line(event(1, 1000)).length();
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(20L * line, null));
        Thread mover = new Thread(() -> {
            for (int i = 0; !Thread.currentThread().isInterrupted(); ) {
                try {
                    Thread.sleep(i % 3);
                    if (log.rotations() > i) { // each rotation is followed by a move, so that there are many of both
                        Files.move(file, (i % 2 == 0 ? elsewhere : folder).resolve("moved-" + i));
                        i++;
                    }
                } catch (IOException missing) {
                    Thread.onSpinWait();
                } catch (InterruptedException ended) {
                    return;
                }
            }
        });
        mover.start();
        try (log) {
            for (int i = 1; i <= events; i += 10) {
                write(log, i, i + 9);
            }
        } finally {
            mover.interrupt();
            mover.join();
        }
        List<Path> files = new ArrayList<>(files(folder));
        files.addAll(files(elsewhere));
        assertTrue(log.rotations() > 5, "rotations: " + log.rotations());
        assertTrue(files(elsewhere).size() > 5, "moves: " + files(elsewhere));
        assertEquals(IntStream.rangeClosed(1, events).boxed().toList(), all(files));
    }

    @Test
    void folderLockedByAnotherWriterIsNotWrittenTo() throws Exception {
        Path other = root.resolve("other");
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            write(log, 1, 1);
            EventLog second = EventLog.open(EventLogOptions.of(other.resolve("data.json")));
            try (second) {
                Files.move(folder, root.resolve("moved"));
                Files.move(other, folder);
                Waiting.until(
                        "the other process is reported",
                        () -> log.problem().orElse("").contains("is in use by another process"));
                assertEquals(0, Files.size(file));
            }
            write(log, 2, 2);
        }
        assertEquals(List.of(1, 2), sequences(readLog(file)));
    }

    private static void write(EventLog log, int from, int to) throws Exception {
        List<TestAcknowledgement> acknowledgements = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            TestAcknowledgement acknowledgement = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, i)), acknowledgement);
            acknowledgements.add(acknowledgement);
        }
        for (TestAcknowledgement acknowledgement : acknowledgements) {
            acknowledgement.awaitDone();
        }
    }

    private static List<Integer> read(Path file) {
        try (EventReader reader = EventReader.open(file)) {
            return sequences(TestEvents.drain(reader));
        }
    }

    /** The distinct events of all files. */
    private static List<Integer> all(List<Path> files) {
        TreeSet<Integer> sequences = new TreeSet<>();
        files.forEach(path -> sequences.addAll(read(path)));
        return List.copyOf(sequences);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> !path.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(folder);
    }
}
