package dev.segue.event;

import static dev.segue.event.TestEvents.errorMessage;
import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.readLog;
import static dev.segue.event.TestEvents.sequences;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventLogTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("new/folder/data.json");
    }

    @Test
    void acknowledgedEventIsInTheFile() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            TestAcknowledgement acknowledgement = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 1)), acknowledgement);
            acknowledgement.awaitDone();
            assertEquals(List.of(event(1, 1)), readLog(file));
        }
    }

    @Test
    void positionsCountFromOneInTheOrderOfTheFile() {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            for (int i = 1; i <= 1000; i++) {
                assertEquals(i, log.append(event(1, i)));
            }
        }
        assertEquals(IntStream.rangeClosed(1, 1000).boxed().toList(), sequences(readLog(file)));
    }

    @Test
    void writtenEventIsAcknowledgedImmediately() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            TestAcknowledgement first = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 1)), first);
            first.awaitDone();
            TestAcknowledgement second = new TestAcknowledgement();
            log.whenWritten(1, second);
            second.assertDoneOnce();
        }
    }

    @Test
    void eventNotYetAppendedIsNotAcknowledged() throws Exception {
        TestAcknowledgement early = new TestAcknowledgement();
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            log.whenWritten(2, early);
            TestAcknowledgement first = new TestAcknowledgement();
            log.whenWritten(log.append(event(1, 1)), first);
            first.awaitDone();
            early.assertWaiting();
            log.append(event(1, 2));
            early.awaitDone();
        }
    }

    @Test
    void callbackFollowsAcknowledgementsOfBatch() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            TestAcknowledgement acknowledgement = new TestAcknowledgement();
            CountDownLatch afterAcknowledgement = new CountDownLatch(1);
            log.afterBatch(() -> {
                acknowledgement.assertDoneOnce();
                afterAcknowledgement.countDown();
            });
            log.whenWritten(1, acknowledgement);
            log.append(event(1, 1));
            assertTrue(afterAcknowledgement.await(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void failingAcknowledgementDoesNotAffectOthers() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            log.afterBatch(() -> {
                throw new IllegalStateException("a failing callback, expected by this test");
            });
            log.whenWritten(1, new Acknowledgement() {
                @Override
                public void done() {
                    throw new IllegalStateException("a failing acknowledgement, expected by this test");
                }

                @Override
                public void timedOut() {}
            });
            TestAcknowledgement second = new TestAcknowledgement();
            log.whenWritten(2, second);
            log.append(event(1, 1));
            log.append(event(1, 2));
            second.awaitDone();
        }
    }

    @Test
    void concurrentAppendsKeepEachThreadsOrder() throws Exception {
        int threads = 4;
        int eventsPerThread = 5000;
        int all = threads * eventsPerThread;
        CountDownLatch acknowledged = new CountDownLatch(all);
        Acknowledgement counting = new Acknowledgement() {
            @Override
            public void done() {
                acknowledged.countDown();
            }

            @Override
            public void timedOut() {}
        };
        List<Thread> callers = new ArrayList<>();
        try (EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(100_000, null))) {
            for (int t = 0; t < threads; t++) {
                int listener = t;
                callers.add(new Thread(() -> {
                    for (int i = 1; i <= eventsPerThread; i++) {
                        log.whenWritten(log.append(event(listener, i)), counting);
                    }
                }));
            }
            callers.forEach(Thread::start);
            assertTrue(acknowledged.await(60, TimeUnit.SECONDS));
            assertEquals(all, log.eventsWritten());
            assertEquals(0, log.backlogBytes());
        }
        List<Event> events = readLog(file);
        assertEquals(all, events.size());
        for (int t = 0; t < threads; t++) {
            String listener = Integer.toString(t);
            List<Event> own = events.stream()
                    .filter(e -> e.listener().text().equals(listener))
                    .toList();
            assertEquals(IntStream.rangeClosed(1, eventsPerThread).boxed().toList(), sequences(own));
        }
    }

    @Test
    void closingWritesBacklog() {
        EventLog log = EventLog.open(EventLogOptions.of(file));
        IntStream.rangeClosed(1, 500).forEach(i -> log.append(event(1, i)));
        log.close();
        assertEquals(500, readLog(file).size());
        assertEquals(500, log.eventsWritten());
        assertThrows(IllegalStateException.class, () -> log.append(event(1, 501)));
        assertFalse(log.isWritable());
        assertEquals(Optional.of(file + " is closed"), log.problem());
        log.close();
    }

    @Test
    void closingTimesOutPendingAcknowledgements() {
        EventLog log = EventLog.open(EventLogOptions.of(file));
        TestAcknowledgement never = new TestAcknowledgement();
        log.whenWritten(1, never);
        log.close();
        never.assertTimedOutOnce();
    }

    @Test
    void reopenedLogIsContinued() {
        append(1);
        append(2);
        assertEquals(List.of(1, 2), sequences(readLog(file)));
    }

    @Test
    void tornLastLineIsRemovedOnOpen() throws IOException {
        append(1);
        Files.writeString(file, "{\"message\":\"next\",\"timest" + "x".repeat(20_000), StandardOpenOption.APPEND);
        append(2);
        assertEquals(List.of(1, 2), sequences(readLog(file)));
    }

    @Test
    void fileWithOnlyTornLineIsEmptied() throws IOException {
        Files.createDirectories(EventLogFiles.folder(file));
        Files.writeString(file, "{\"message\":");
        append(1);
        assertEquals(List.of(1), sequences(readLog(file)));
    }

    @Test
    void logHasOneWriter() throws IOException {
        EventLogOptions options = EventLogOptions.of(file).withRotation(1, null);
        try (EventLog log = EventLog.open(options)) {
            log.append(event(1, 1));
            log.append(event(1, 2));
            // during a rotation the live file is briefly missing, and the message differs
            await().untilAsserted(() -> assertEquals(
                    file + " is in use by another process, perhaps by another name:"
                            + " stop it or set DATA_LOG_FILE to another file",
                    errorMessage(EventLogException.class, () -> EventLog.open(options))));
        }
        append(3);
        assertEquals(List.of(1, 2, 3), sequences(readLog(file)));
    }

    @Test
    void folderInPlaceOfFileIsRejectedWithRemedy() {
        String message = errorMessage(EventLogException.class, () -> EventLog.open(EventLogOptions.of(folder)));
        assertEquals(folder + " is a folder: set DATA_LOG_FILE to a file", message);
    }

    @Test
    void pipeInPlaceOfFileIsRejectedWithoutBlocking() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes here");
        String message = errorMessage(EventLogException.class, () -> EventLog.open(EventLogOptions.of(pipe)));
        assertEquals(
                pipe + " is a pipe or a device, which keeps no events: set DATA_LOG_FILE to a regular file", message);
    }

    @Test
    void unwritableFolderIsRejectedWithRemedy() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "no folder").resolve("data.json");
        String message = errorMessage(EventLogException.class, () -> EventLog.open(EventLogOptions.of(blocked)));
        assertTrue(message.startsWith("cannot write " + blocked), message);
        assertTrue(message.endsWith("or set DATA_LOG_FILE to another file"), message);
    }

    @Test
    void writtenEventsAreForcedToTheDisk() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        EventLogOptions frequentFsync =
                new EventLogOptions(file, 0, null, null, Duration.ofMillis(1), 1 << 20, Duration.ofSeconds(60));
        try (EventLog log = EventLog.open(frequentFsync, disk)) {
            for (int i = 1; i <= 3; i++) {
                log.append(event(1, i));
                disk.awaitForces(1);
            }
        }
    }

    @Test
    void logWithoutFsyncIntervalIsForcedOnClose() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        EventLogOptions never =
                new EventLogOptions(file, 0, null, null, Duration.ZERO, 1 << 20, Duration.ofSeconds(60));
        EventLog.open(never, disk).close();
        disk.awaitForces(1);
    }

    @Test
    void countersMatchWrittenEvents() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            TestAcknowledgement acknowledgement = new TestAcknowledgement();
            log.append(event(1, 1));
            log.whenWritten(log.append(event(1, 2)), acknowledgement);
            acknowledgement.awaitDone();
            assertEquals(2, log.eventsWritten());
            assertEquals(Files.size(file), log.bytesWritten());
            assertTrue(log.batches() >= 1 && log.batches() <= 2);
            assertEquals(0, log.backlogBytes());
            assertEquals(0, log.writeFailures());
            assertEquals(0, log.rotations());
            assertEquals(Optional.empty(), log.problem());
        }
    }

    private void append(int sequence) {
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            log.append(event(1, sequence));
        }
    }
}
