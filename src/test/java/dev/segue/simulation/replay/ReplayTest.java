package dev.segue.simulation.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventReader;
import dev.segue.play.Event;
import dev.segue.simulation.load.RequestClock;
import dev.segue.simulation.load.VirtualRequestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

    private final AtomicBoolean stop = new AtomicBoolean();

    @TempDir
    private Path directory;

    /** The second event is due after weeks. */
    @Test
    void eventsThatWereReadButNotSentAreNotCounted() throws IOException {
        ReplayResult result = replay(() -> stop.set(true));
        assertEquals(1, result.events());
        assertEquals(0, result.sessions());
        assertEquals(1, result.requests().requests());
    }

    @Test
    void errorInAThreadEndsTheReplay() {
        var problem = new OutOfMemoryError("of a test");
        assertSame(
                problem,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> replay(() -> {
                            throw problem;
                        })));
    }

    /** One connection, an event per millisecond and 20 ms per response: requests queue. */
    @Test
    void latencyCountsFromTheDueTime() throws IOException {
        var clock = new VirtualRequestClock();
        ReplayResult result = replay(events(10, 1), 1, () -> clock.pass(20), clock);
        assertEquals(10 * 20 - 9, result.requests().latencies().getMaxValue() / 1e6, 0.5);
    }

    @ParameterizedTest
    @CsvSource({"1, 1600", "4, 400", "0.5, 3200"})
    void dueTimesAreRecordedTimesDividedByTheSpeed(double speed, double last) throws IOException {
        var clock = new VirtualRequestClock();
        List<Double> sent = new CopyOnWriteArrayList<>();
        replay(events(5, 400), speed, () -> sent.add(clock.millis()), clock);
        assertEquals(List.of(0.0, last / 4, last / 2, last * 3 / 4, last), sent);
    }

    private Path events(int count, int millisApart) throws IOException {
        return Files.writeString(
                directory.resolve("timed.json"),
                IntStream.range(0, count)
                        .mapToObj(i -> next(1000 + (long) millisApart * i))
                        .collect(Collectors.joining()));
    }

    @Test
    void invalidLineEndsTheReplayAndKeepsTheFiguresSoFar() throws IOException {
        Path log = Files.writeString(directory.resolve("bad.json"), next(1000) + next(1001) + "{\"message\":1}\n");
        ReplayResult result = replay(log, 0, () -> {});
        assertEquals(2, result.requests().requests());
        String message =
                String.valueOf(Objects.requireNonNull(result.unreadable()).getMessage());
        assertTrue(message.startsWith(log + ":3: "), message);
    }

    private static String next(long timestamp) {
        return String.format(
                Locale.ROOT,
                "{\"message\":\"next\",\"timestamp\":%d,\"user\":1,\"track\":2,\"time\":1,\"latency\":0,\"recommendation\":5,\"experiments\":{}}%n",
                timestamp);
    }

    private ReplayResult replay(Runnable next) throws IOException {
        Path log = Files.writeString(directory.resolve("log.json"), """
                {"message":"next","timestamp":1000,"user":1,"track":2,"time":1,"latency":0,"recommendation":5,"experiments":{}}
                {"message":"last","timestamp":9999999999,"user":1,"track":5,"time":1,"latency":0,"experiments":{}}
                """);
        return replay(log, 1, next);
    }

    private ReplayResult replay(Path log, double speed, Runnable next) {
        return replay(log, speed, next, RequestClock.SYSTEM);
    }

    private ReplayResult replay(Path log, double speed, Runnable next, RequestClock clock) {
        try (EventReader events = EventReader.open(log)) {
            var options = new ReplayOptions(1, speed, Long.MAX_VALUE);
            return new Replay(events, () -> new Client(next), options, stop::get, bytes -> {}, clock).run();
        }
    }

    private record Client(Runnable onNext) implements ReplayClient {

        @Override
        public List<Integer> next(Event recorded) {
            onNext.run();
            return List.of(5);
        }

        @Override
        public void last(Event recorded) {}

        @Override
        public @Nullable String obstacle(Event recorded) {
            return null;
        }

        @Override
        public void close() {}
    }
}
