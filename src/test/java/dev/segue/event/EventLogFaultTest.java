package dev.segue.event;

import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static dev.segue.event.TestEvents.readLog;
import static dev.segue.event.TestEvents.sequences;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the guarantees of the log when the disk is stuck, full or broken. */
@Timeout(120)
class EventLogFaultTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final FaultyDisk disk = new FaultyDisk();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("data.json");
    }

    @Test
    void stuckDiskBlocksNoCallerAndLosesNoEvents() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            disk.hang();
            TestAcknowledgement first = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 1)), first);
            disk.awaitHang();
            TestAcknowledgement second = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 2)), second); // returns although the writer is stuck
            awaitNotWritable(log);
            assertTrue(log.problem().orElseThrow().contains("has been in progress for"), log.problem()::toString);

            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);
            log.expire(LONG);
            first.assertWaiting();
            writable.assertWaiting();

            disk.resume();
            first.awaitDone();
            second.awaitDone();
            writable.awaitDone();
        }
        assertEquals(IntStream.rangeClosed(1, 2).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void timedOutAcknowledgementIsNotCalledAgainButEventIsWritten() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            disk.hang();
            TestAcknowledgement first = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 1)), first);
            disk.awaitHang();
            awaitNotWritable(log);
            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);

            log.expire(Duration.ZERO);
            first.assertTimedOutOnce();
            writable.assertTimedOutOnce();

            disk.resume();
            TestAcknowledgement later = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 2)), later);
            later.awaitDone();
            log.expire(Duration.ZERO);
            first.assertTimedOutOnce();
            writable.assertTimedOutOnce();
            later.assertDoneOnce();
        }
        assertEquals(IntStream.rangeClosed(1, 2).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void logRecoversFromFullDiskWithoutTornLine() throws Exception {
        fillAndRecover(0);
    }

    @Test
    void logRecoversFromFullDiskThatFailsToTruncate() throws Exception {
        disk.failTruncate();
        fillAndRecover(20);
    }

    /** @param left number of bytes of the torn line that stay in the file while the disk is full */
    private void fillAndRecover(int left) throws Exception {
        int whole = line(event(1, 1)).length();
        EventLogOptions smallFiles = EventLogOptions.of(file).withRotation(3L * whole, null);
        try (EventLog log = EventLog.open(smallFiles, disk)) {
            TestAcknowledgement first = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 1)), first);
            first.awaitDone();
            disk.fillUpAfter(20);
            TestAcknowledgement second = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 2)), second);
            disk.awaitWriteFailures(2); // the log has handled the first failure before the second
            assertFalse(log.isWritable());
            assertEquals(Optional.of("cannot write " + file + ": No space left on device"), log.problem());
            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);
            second.assertWaiting();
            writable.assertWaiting();
            if (left == 0) {
                awaitSize(whole);
            }
            IntStream.rangeClosed(3, 9).forEach(i -> log.append(event(1, i)));

            disk.free();
            second.awaitDone();
            writable.awaitDone();
            assertTrue(log.writeFailures() >= 2);
        }
        assertEquals(IntStream.rangeClosed(1, 9).boxed().toList(), sequences(readLog(file)));
        assertEquals(3, EventLogFiles.list(file).size());
    }

    @Test
    void tornLineLargerThanFileLimitIsNotSplit() throws Exception {
        disk.failTruncate();
        disk.fillUpAfter(20);
        try (EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(10, null), disk)) {
            log.append(event(1, 1));
            log.append(event(1, 2));
            disk.awaitWriteFailures(2);
            disk.free();
        }
        assertEquals(IntStream.rangeClosed(1, 2).boxed().toList(), sequences(readLog(file)));
        assertEquals(2, EventLogFiles.list(file).size());
    }

    @Test
    void logWithTooMuchBacklogIsNotWritable() throws Exception {
        EventLogOptions small = new EventLogOptions(file, 0, null, null, Duration.ZERO, 500, LONG);
        try (EventLog log = EventLog.open(small, disk)) {
            disk.hang();
            log.append(event(1, 1));
            disk.awaitHang();
            assertTrue(log.isWritable());
            IntStream.rangeClosed(2, 5).forEach(i -> log.append(event(1, i)));
            assertFalse(log.isWritable());
            assertEquals(
                    Optional.of(log.backlogBytes() + " bytes wait to be written to " + file
                            + ", more than the allowed 500"),
                    log.problem());
            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);
            writable.assertWaiting();
            disk.resume();
            writable.awaitDone();
        }
    }

    @Test
    void whenWritableCallsBackImmediatelyIfWritable() {
        try (EventLog log = EventLog.open(EventLogOptions.of(file), disk)) {
            TestAcknowledgement writable = new TestAcknowledgement();
            log.whenWritable(writable);
            writable.assertDoneOnce();
        }
    }

    @Test
    void closingDoesNotWaitForFullDisk() throws Exception {
        EventLog log = EventLog.open(EventLogOptions.of(file), disk);
        disk.fillUpAfter(10);
        TestAcknowledgement acknowledgement = new TestAcknowledgement();
        log.whenWritten(log.append(event(1, 1)), acknowledgement);
        disk.awaitWriteFailures(1);
        log.close();
        acknowledgement.assertTimedOutOnce();
        assertEquals(0, Files.size(file));
        EventLog.open(EventLogOptions.of(file)).close(); // the lock was released
    }

    @Test
    void failingFsyncIsReportedUntilItSucceeds() throws Exception {
        EventLogOptions frequentFsync = new EventLogOptions(file, 0, null, null, Duration.ofMillis(1), 1 << 20, LONG);
        try (EventLog log = EventLog.open(frequentFsync, disk)) {
            disk.setForcesSucceed(false);
            log.append(event(1, 1));
            disk.awaitForces(2); // the log has handled the first failure before the second attempt
            assertEquals(Optional.of("cannot force " + file + " to the disk: Input/output error"), log.problem());
            assertTrue(log.isWritable());
            disk.setForcesSucceed(true);
            while (log.problem().isPresent()) {
                Thread.onSpinWait();
            }
        }
    }

    private static void awaitNotWritable(EventLog log) {
        while (log.isWritable()) {
            Thread.onSpinWait();
        }
    }

    private void awaitSize(long size) throws Exception {
        while (Files.size(file) != size) {
            Thread.onSpinWait();
        }
    }
}
