package dev.segue.event;

import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static dev.segue.event.TestEvents.readLog;
import static dev.segue.event.TestEvents.sequences;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventLogRotationTest {

    private static final long LINE = line(event(1, 10)).length(); // of any event with two digits

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("data.json");
    }

    @Test
    void fullFilesAreRenamedInOrder() {
        write(10, 21, 2 * LINE, null);
        assertEquals(
                List.of("000001", "000002", "000003", "000004", "000005", ""),
                EventLogFiles.list(file).stream()
                        .map(path -> path.getFileName().toString().replaceAll("data.json\\.?", ""))
                        .toList());
        assertEquals(IntStream.rangeClosed(10, 21).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void largeBatchIsSplitAtTheSizeLimit() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        long maxBytes = 5 * LINE + 3;
        EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(maxBytes, null), disk);
        disk.hang();
        log.append(event(1, 10));
        disk.awaitHang();
        IntStream.rangeClosed(11, 99).forEach(i -> log.append(event(1, i))); // one batch of 89 lines
        disk.resume();
        log.close();
        assertEquals(2, log.batches());
        assertEquals(17, log.rotations());
        for (Path path : EventLogFiles.list(file)) {
            assertEquals(5 * LINE, Files.size(path), path.toString());
        }
        assertEquals(IntStream.rangeClosed(10, 99).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void lineLargerThanLimitGetsItsOwnFile() {
        write(10, 14, LINE / 2, null);
        assertEquals(5, EventLogFiles.list(file).size());
        assertEquals(IntStream.rangeClosed(10, 14).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void onlyTheNewestRotationsAreKept() {
        EventLog log = write(10, 19, LINE, 3);
        assertEquals(List.of(16, 17, 18, 19), sequences(readLog(file)));
        assertEquals(9, log.rotations());
        assertEquals(6, log.deletedRotations());
    }

    @Test
    void numbersContinueAfterHighestExisting() throws IOException {
        write(10, 12, LINE, 1);
        Files.writeString(folder.resolve("data.json.000041.gz"), "");
        Files.writeString(folder.resolve("data.json.old"), "not a rotation");
        write(13, 14, LINE, null);
        assertEquals(
                List.of("data.json.000002", "data.json.000041.gz", "data.json.000042", "data.json.000043", "data.json"),
                EventLogFiles.list(file).stream()
                        .map(path -> path.getFileName().toString())
                        .toList());
    }

    @Test
    void zeroLimitOrZeroCopiesDisablesRotation() {
        assertEquals(0, write(10, 30, 0, null).rotations());
        assertEquals(0, write(31, 50, LINE, 0).rotations());
        assertEquals(IntStream.rangeClosed(10, 50).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void rotatedFileIsForced() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        EventLogOptions neverForced =
                new EventLogOptions(file, LINE, null, null, Duration.ZERO, 1 << 20, Duration.ofSeconds(60));
        try (EventLog log = EventLog.open(neverForced, disk)) {
            log.append(event(1, 10));
            log.append(event(1, 11));
            disk.awaitForces(1);
        }
    }

    @Test
    void failedRotationIsRetried() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        boolean[] isOpened = {false};
        LogFile.Opener secondOpenFails = path -> {
            if (isOpened[0] && failed.getCount() > 0) {
                failed.countDown();
                throw new IOException("Too many open files");
            }
            isOpened[0] = true;
            return LogFile.open(path);
        };
        EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(LINE, null), secondOpenFails);
        log.append(event(1, 10));
        log.append(event(1, 11));
        failed.await();
        log.append(event(1, 12));
        log.close();
        assertEquals(List.of(10, 11, 12), sequences(readLog(file)));
        assertEquals(1, log.writeFailures());
        assertEquals(2, log.rotations());
    }

    @Test
    void removedFileDoesNotStopTheLog() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(LINE, null))) {
            TestAcknowledgement written = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 10)), written);
            written.awaitDone();
            Files.delete(file);
            log.append(event(1, 11));
        }
        assertEquals(List.of(10, 11), sequences(readLog(file)));
    }

    @Test
    void missingLogHasNoFiles() {
        assertTrue(EventLogFiles.list(file).isEmpty());
        assertTrue(EventLogFiles.list(folder.resolve("none/data.json")).isEmpty());
    }

    private EventLog write(int from, int to, long maxBytes, @Nullable Integer backupCopies) {
        EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(maxBytes, backupCopies));
        try (log) {
            IntStream.rangeClosed(from, to).forEach(i -> log.append(event(1, i)));
        }
        return log;
    }

    @Test
    void aRotationOnRequestHasAllEventsAppendedBefore() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            IntStream.rangeClosed(10, 19).forEach(i -> log.append(event(1, i)));
            assertTrue(log.rotate(Duration.ofMinutes(1)));
            assertEquals(
                    IntStream.rangeClosed(10, 19).boxed().toList(),
                    sequences(TestEvents.drain(EventReader.open(EventLogFiles.rotation(file, 1)))));
            log.append(event(1, 20));
            assertTrue(log.rotate(Duration.ofMinutes(1)));
            assertTrue(log.rotate(Duration.ofMinutes(1)), "an empty file is not rotated");
        }
        assertEquals(2, EventLogFiles.rotations(file).size());
        assertEquals(IntStream.rangeClosed(10, 20).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void aRotationThatTheDiskPreventsIsReported() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            disk.hang();
            log.append(event(1, 10));
            disk.awaitHang();
            assertFalse(log.rotate(Duration.ofMillis(50)));
            disk.resume();
        }
    }

    @Test
    void oldRotationsAreDeletedByTheirAge() throws Exception {
        Path old = Files.writeString(EventLogFiles.rotation(file, 1), line(event(1, 10)));
        Path young = Files.writeString(EventLogFiles.rotation(file, 2), line(event(1, 11)));
        Path foreign = Files.writeString(folder.resolve("other.json.000001"), line(event(1, 12)));
        long now = System.currentTimeMillis();
        for (Path path : List.of(old, foreign)) {
            Files.setLastModifiedTime(
                    path, FileTime.fromMillis(now - Duration.ofDays(31).toMillis()));
        }
        Files.setLastModifiedTime(
                young, FileTime.fromMillis(now - Duration.ofDays(29).toMillis()));
        try (EventLog log = EventLog.open(EventLogOptions.of(file).withMaxAge(Duration.ofDays(30)))) {
            Waiting.until("an old rotation is deleted", () -> log.deletedRotations() == 1);
        }
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
        assertTrue(Files.exists(foreign));
    }

    /** A thread that keeps one rotation, whose next pass follows a call only; there are three. */
    private FsyncThread withThreeRotations() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Files.writeString(EventLogFiles.rotation(file, i), line(event(1, i)));
        }
        var syncer = new FsyncThread(
                new EventLogOptions(file, LINE, 1, null, Duration.ZERO, 1 << 20, Duration.ofSeconds(1)));
        syncer.start();
        return syncer;
    }

    private static LogFile countingCloses(AtomicInteger closed) {
        return new LogFile() {
            @Override
            public int write(ByteBuffer bytes) {
                return 0;
            }

            @Override
            public void truncate(long size) {}

            @Override
            public void force() {}

            @Override
            public long size() {
                return 0;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void noRotationIsDeletedDuringAnErasure() throws Exception {
        FsyncThread syncer = withThreeRotations();
        LogFile rotated = LogFile.open(file);
        syncer.withoutDeletions(() -> {
            syncer.retire(rotated);
            syncer.stop();
            return assertDoesNotThrow(() -> syncer.join(Duration.ofMinutes(1)));
        });
        assertEquals(3, EventLogFiles.rotations(file).size());
    }

    @Test
    void rotationsAreDeletedAfterAnErasure() throws Exception {
        FsyncThread syncer = withThreeRotations();
        syncer.withoutDeletions(() -> {
            var closed = new AtomicInteger();
            for (int count = 1; count <= 2; count++) { // the second one shows that the pass of the first one is over
                syncer.retire(countingCloses(closed));
                int expected = count;
                Waiting.until("the file is closed", () -> closed.get() == expected);
            }
            assertEquals(0, syncer.deletedRotations());
            return closed;
        });
        Waiting.until("the rotations are deleted", () -> syncer.deletedRotations() == 2);
        syncer.stop();
        assertTrue(syncer.join(Duration.ofMinutes(1)));
    }

    @Test
    void aLiveFileThatBeganADayAgoIsRotatedIfThereIsAMaximumAge() throws Exception {
        Files.writeString(file, line(event(1, 10))); // of 2025
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            log.append(event(1, 11));
        }
        assertEquals(1, EventLogFiles.list(file).size());
        try (EventLog log = EventLog.open(EventLogOptions.of(file).withMaxAge(Duration.ofDays(3650)))) {
            Waiting.until("the file is rotated", () -> log.rotations() == 1);
            log.append(event(1, 12));
        }
        assertEquals(List.of(10, 11), sequences(TestEvents.drain(EventReader.open(EventLogFiles.rotation(file, 1)))));
        assertEquals(List.of(10, 11, 12), sequences(readLog(file)));
    }
}
