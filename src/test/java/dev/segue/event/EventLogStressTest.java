package dev.segue.event;

import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.readLog;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import dev.segue.play.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients append while the disk fills up and is freed, files rotate, acknowledgements expire and the log is closed. */
@Timeout(300)
class EventLogStressTest {

    private static final int CLIENTS = 4;
    private static final int MAX_EVENTS = 5000;
    private static final int LINE = TestEvents.line(event(1, 1000)).length();

    @TempDir
    private Path folder;

    /** A client of the log that records its events and acknowledgements. */
    private static final class Client implements Runnable {
        private final EventLog log;
        private final int number;
        private final TreeMap<Long, Integer> sequences = new TreeMap<>();
        private final List<TestAcknowledgement> acknowledgements = new ArrayList<>();

        Client(EventLog log, int number) {
            this.log = log;
            this.number = number;
        }

        /** Appends events until it has appended {@code MAX_EVENTS} or the log is closed. */
        @Override
        public void run() {
            try {
                for (int sequence = 1; sequence <= MAX_EVENTS; sequence++) {
                    long position = log.append(event(number, sequence));
                    sequences.put(position, sequence);
                    var acknowledgement = new TestAcknowledgement();
                    acknowledgements.add(acknowledgement);
                    log.whenWritten(position, acknowledgement);
                }
            } catch (IllegalStateException closed) {
                assertEquals("the event log is closed", closed.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void acceptedEventsAreWrittenOnceInOrderAndAcknowledgedOnce(long seed) throws Exception {
        var random = new Random(seed);
        var disk = new FaultyDisk();
        Path file = folder.resolve("data.json");
        EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(100L * LINE, null), disk);
        List<Client> clients = IntStream.range(0, CLIENTS)
                .mapToObj(number -> new Client(log, number))
                .toList();
        List<Thread> threads = clients.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        for (int i = 0; i < 3; i++) {
            long failures = log.writeFailures();
            disk.fillUpAfter(random.nextInt(50 * LINE));
            Waiting.until(
                    "a failure, or no more events",
                    () -> log.writeFailures() > failures || log.eventsWritten() == CLIENTS * MAX_EVENTS);
            log.expire(Duration.ofMillis(random.nextInt(3)));
            disk.free();
        }
        log.close();
        for (Thread thread : threads) {
            thread.join();
        }
        log.expire(Duration.ZERO); // acknowledgements that came after the close
        check(clients, readLog(file));
    }

    private static void check(List<Client> clients, List<Event> written) {
        TreeMap<Long, Event> expected = new TreeMap<>();
        for (Client client : clients) {
            client.sequences.forEach((position, sequence) -> expected.put(position, event(client.number, sequence)));
            assertEquals(
                    IntStream.rangeClosed(1, client.sequences.size()).boxed().toList(),
                    List.copyOf(client.sequences.values()),
                    "positions increase in the order of a client's events");
            client.acknowledgements.forEach(TestAcknowledgement::assertCalledOnce);
        }
        assertTrue(expected.isEmpty() || expected.lastKey() == expected.size(), "positions have no gap");
        assertEquals(List.copyOf(expected.values()), written);
    }
}
