package dev.segue.service;

import static dev.segue.service.TestService.LIMITS;
import static dev.segue.service.TestService.START;
import static dev.segue.service.TestService.named;
import static dev.segue.service.TestService.ofAllTracks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.segue.catalog.Tracks;
import dev.segue.event.EventFileWriter;
import dev.segue.event.EventLogException;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.recommend.NoRepeat;
import dev.segue.recommend.RuledRecommender;
import dev.segue.recommend.UniformRecommender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RestoredMemoryTest {

    private static final Duration ALL = Duration.ofDays(1000);
    private static final long HOUR = 3_600_000;
    private static final Playback HEARD = new Playback(1, 0.5);

    @TempDir
    Path folder;

    private final TestService before = new TestService(ofAllTracks());
    private final ListAppender<ILoggingEvent> messages = new ListAppender<>();

    @BeforeEach
    void listenToMessages() {
        messages.start();
        logger().addAppender(messages);
        logger().setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(messages);
        logger().setAdditive(true);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(RestoredMemory.class);
    }

    private List<String> warnings() {
        return messages.list.stream()
                .filter(message -> message.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Path live() {
        return folder.resolve("data.json");
    }

    private Path write(String name, List<Event> events) {
        Path file = folder.resolve(name);
        try (EventFileWriter writer = EventFileWriter.create(file)) {
            events.forEach(writer::append);
        }
        return file;
    }

    /** Writes the events since the last call to a file. */
    private Path moveLogTo(String name) {
        Path file = write(name, List.copyOf(before.log));
        before.log.clear();
        return file;
    }

    private ListeningMemory<ServedEvent> restore(Duration span) {
        return RestoredMemory.of(live(), span, LIMITS);
    }

    private static String state(ListeningHistory history) {
        return history.session() + "." + history.sequence() + " "
                + IntStream.range(0, history.size()).mapToObj(history::track).toList();
    }

    /** Returns the first session number of listeners without a history, after events at a time. */
    private static long numberAfterGap(long millis) {
        return (millis - RestoredMemory.NUMBERING) / 1000 + 1;
    }

    private static long nextSession(ListeningMemory<ServedEvent> memory, long listener) {
        return new TestService(ofAllTracks(), memory, null)
                .next(listener, null)
                .event()
                .session();
    }

    @Test
    void rotatedFilesAndTheLiveFileAreReadInTheirOrder() {
        before.next(1, null);
        before.next(1, new Playback(4, 1));
        before.last(2, HEARD);
        moveLogTo("data.json.000001.gz");
        before.next(1, new Playback(5, 0.1));
        moveLogTo("data.json.000002");
        before.next(1, new Playback(6, 1));
        before.next(3, null);
        moveLogTo("data.json");
        ListeningMemory<ServedEvent> memory = restore(ALL);
        assertEquals(3, memory.size());
        assertEquals("1.4 [6, 5, 4]", state(memory.peek(1)));
        assertEquals(0.1, memory.peek(1).time(1));
        assertEquals("1.1 [1]", state(memory.peek(2)));
        assertEquals("1.1 []", state(memory.peek(3)));
        assertEquals(2, nextSession(memory, 2), "last has ended the first");
        assertEquals(1, nextSession(memory, 4), "the whole log is read, so a new listener begins with 1");
        assertEquals(List.of(), warnings());
    }

    @Test
    void filesBeforeTheSpanAreNotRead() {
        before.next(1, HEARD);
        moveLogTo("data.json.000001");
        before.now.addAndGet(HOUR);
        before.next(2, HEARD);
        moveLogTo("data.json.000002");
        before.now.addAndGet(HOUR);
        before.next(3, HEARD);
        moveLogTo("data.json");
        assertEquals(1, restore(Duration.ZERO).size());
        assertEquals(2, restore(Duration.ofHours(1)).size());
        assertEquals(3, restore(Duration.ofHours(1).plusMillis(1)).size());
    }

    @Test
    void listenersOfUnreadFilesAreNumberedBehindTheirEarlierSessions() {
        for (int session = 1; session <= 5; session++) {
            before.next(1, null);
        }
        moveLogTo("data.json.000001");
        before.now.addAndGet(HOUR);
        before.next(2, HEARD);
        before.now.addAndGet(HOUR);
        before.next(2, null);
        moveLogTo("data.json");
        ListeningMemory<ServedEvent> memory = restore(Duration.ZERO);
        assertEquals("2.1 []", state(memory.peek(2)), "listeners in the files that were read keep their numbers");
        assertEquals(numberAfterGap(START + HOUR), nextSession(memory, 1));
        assertEquals(numberAfterGap(START + HOUR), nextSession(memory, 7));
    }

    @Test
    void requestIdsGetTheLoggedResponseAfterARestart() {
        Event next = before.next(named(1, HEARD, "r-1", 3, Exclude.NONE)).event();
        Event last = before.last(named(1, HEARD, "r-2")).event();
        moveLogTo("data.json");
        var after = new TestService(ofAllTracks(), restore(ALL), null);
        assertEquals(new ServedEvent(next, null, 0), after.next(named(1, HEARD, "r-1", 3, Exclude.NONE)));
        assertEquals(last, after.last(named(1, HEARD, "r-2")).event());
        assertEquals(List.of(), after.log);
        assertThrows(RequestIdReusedException.class, () -> after.next(named(1, null, "r-1")));
    }

    @Test
    void aBadRotationIsAWarningAndWhatWasBeforeIsForgotten() throws IOException {
        before.next(named(1, HEARD, "r-1"));
        moveLogTo("data.json.000001");
        before.next(2, HEARD);
        Path bad = moveLogTo("data.json.000002");
        Files.writeString(bad, "{\"message\":\"bad\"}\n", StandardOpenOption.APPEND);
        before.now.addAndGet(HOUR);
        before.next(3, HEARD);
        moveLogTo("data.json");
        ListeningMemory<ServedEvent> memory = restore(ALL);
        assertEquals(1, memory.size());
        assertEquals("1.1 [1]", state(memory.peek(3)));
        assertNull(memory.update(1, listener -> listener.responseTo("r-1")));
        assertEquals(numberAfterGap(START + HOUR), nextSession(memory, 2));
        assertEquals(1, warnings().size());
        String warning = warnings().get(0);
        assertTrue(warning.contains(bad + ":2: "), warning);
        assertTrue(warning.endsWith("; the events of this file and of those before it are ignored"), warning);
    }

    @Test
    void afterABadRotationAndAnEmptyLiveFileSessionsAreNumberedBehindTheLastEvent() throws IOException {
        before.next(1, HEARD);
        before.now.addAndGet(HOUR);
        before.next(1, null);
        Path bad = moveLogTo("data.json.000001");
        Files.writeString(bad, "no event\n", StandardOpenOption.APPEND);
        Files.createFile(live());
        ListeningMemory<ServedEvent> memory = restore(ALL);
        assertEquals(0, memory.size());
        assertEquals(numberAfterGap(START + HOUR), nextSession(memory, 1));
    }

    @Test
    void aBadLiveFileIsRefusedWithThePlaceAndTheRemedy() throws IOException {
        before.next(1, HEARD);
        Path live = moveLogTo("data.json");
        Files.writeString(live, "no event\n", StandardOpenOption.APPEND);
        String refusal = String.valueOf(
                assertThrows(EventLogException.class, () -> restore(ALL)).getMessage());
        assertTrue(refusal.contains(live + ":2: "), refusal);
        assertTrue(refusal.endsWith("correct that line, or move the file away"), refusal);
    }

    @Test
    void aTornLastLineIsPassedOver() throws IOException {
        before.next(1, HEARD);
        Path live = moveLogTo("data.json");
        Files.writeString(live, "{\"message\":\"next\",\"timest", StandardOpenOption.APPEND);
        assertEquals("1.1 [1]", state(restore(ALL).peek(1)));
        assertEquals(List.of(), warnings());
    }

    @Test
    void withoutALogNothingIsRestored() throws IOException {
        for (Path missing : List.of(live(), folder.resolve("missing/data.json"))) {
            ListeningMemory<ServedEvent> memory = RestoredMemory.of(missing, ALL, LIMITS);
            assertEquals(0, memory.size());
            assertEquals(1, nextSession(memory, 1));
        }
        Files.createFile(live());
        assertEquals(0, restore(ALL).size());
        assertEquals(List.of(), messages.list);
    }

    /** Sends the same random requests to two services, of which one is restarted from its log at random times. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aRestoredServiceRespondsAsOneThatWasNeverStopped(long seed) {
        Generation generation = withoutRepeats();
        HistoryLimits limits = LIMITS.recalling(Duration.ofDays(2));
        var steady = new TestService(generation, new ListeningMemory<>(limits, ServedEvent::bytes), null);
        var stopped = new TestService(generation, new ListeningMemory<>(limits, ServedEvent::bytes), null);
        var random = new Random(seed);
        for (int stop = 1; stop <= 12; stop++) {
            for (int i = random.nextInt(40); i >= 0; i--) {
                long request = random.nextLong();
                assertEquals(request(steady, new Random(request)), request(stopped, new Random(request)));
            }
            write(String.format(Locale.ROOT, "data.json.%06d", stop), stopped.log);
            long now = stopped.now.get();
            stopped = new TestService(generation, RestoredMemory.of(live(), ALL, limits), null);
            stopped.now.set(now);
        }
        assertEquals(0, stopped.log.size());
        assertTrue(steady.log.size() > 50, steady.log.size() + " events");
        assertEquals(List.of(), warnings());
    }

    /** Its rankings depend on all remembered playbacks. */
    private static Generation withoutRepeats() {
        Generation all = ofAllTracks();
        Tracks tracks = all.catalog().tracks();
        return TestService.generation(
                RuledRecommender.of(UniformRecommender.ofAll("random", tracks), List.of(new NoRepeat(48)), tracks));
    }

    /** Requests the next track or ends a session after a random time; most requests have an id, some a used one. */
    private static String request(TestService test, Random random) {
        boolean isLong = random.nextInt(8) == 0;
        test.now.addAndGet(isLong ? random.nextInt(20) * HOUR : random.nextInt(600_000));
        Playback playback = new Playback(random.nextInt(10), random.nextInt(11) / 10.0);
        boolean isStart = random.nextInt(6) == 0;
        String id = random.nextInt(4) == 0 ? null : "r-" + random.nextInt(60);
        ListenerId listener = ListenerId.of(random.nextInt(4));
        boolean isDry = random.nextInt(10) == 0;
        int count = random.nextInt(4) == 0 ? 0 : 10;
        var query = new NextTrackQuery(listener, isStart ? null : playback, id, count, false, isDry, Exclude.NONE);
        try {
            boolean isLast = !isStart && random.nextInt(8) == 0;
            return (isLast ? test.last(query) : test.next(query)).event().toString();
        } catch (RequestIdReusedException reused) {
            return String.valueOf(reused.getMessage());
        }
    }
}
