package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.Event;
import dev.segue.event.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private final AtomicBoolean stop = new AtomicBoolean();

    @TempDir
    private Path directory;

    /** The second event would be due after weeks. */
    @Test
    void eventsThatWereOnlyReadAreNotCounted() throws IOException {
        ReplayResult result = replay(() -> stop.set(true));
        assertEquals(1, result.events());
        assertEquals(0, result.sessions());
        assertEquals(1, result.requests().requests());
    }

    @Test
    void whatEndsAThreadEndsTheReplay() {
        var problem = new OutOfMemoryError("of a test");
        assertSame(
                problem,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> replay(() -> {
                            throw problem;
                        })));
    }

    /** One connection, an event each millisecond, and an answer that takes twenty: requests wait for their turn. */
    @Test
    void latencyCountsFromWhenARequestIsDue() throws IOException {
        Path log = Files.writeString(
                directory.resolve("fast.json"),
                IntStream.range(0, 10).mapToObj(i -> next(1000 + i)).collect(Collectors.joining()));
        ReplayResult result = replay(log, 1, () -> LockSupport.parkNanos(20_000_000));
        assertTrue(result.requests().latencies().getMaxValue() > 150_000_000, "ten times twenty, less nine");
    }

    @Test
    void logThatTurnsBadEndsTheReplayWithTheFiguresSoFar() throws IOException {
        Path log = Files.writeString(directory.resolve("bad.json"), next(1000) + next(1001) + "{\"message\":1}\n");
        ReplayResult result = replay(log, 0, () -> {});
        assertEquals(2, result.requests().requests());
        String told = String.valueOf(Objects.requireNonNull(result.unreadable()).getMessage());
        assertTrue(told.startsWith(log + ":3: "), told);
    }

    private static String next(long timestamp) {
        return "{\"message\":\"next\",\"timestamp\":%d,\"user\":1,\"track\":2,\"time\":1,\"latency\":0,\"recommendation\":5,\"experiments\":{}}%n"
                .formatted(timestamp);
    }

    private ReplayResult replay(Runnable next) throws IOException {
        Path log = Files.writeString(directory.resolve("log.json"), """
                {"message":"next","timestamp":1000,"user":1,"track":2,"time":1,"latency":0,"recommendation":5,"experiments":{}}
                {"message":"last","timestamp":9999999999,"user":1,"track":5,"time":1,"latency":0,"experiments":{}}
                """);
        return replay(log, 1, next);
    }

    private ReplayResult replay(Path log, double speed, Runnable next) {
        try (EventReader events = EventReader.open(log)) {
            var options = new ReplayOptions(1, speed, Long.MAX_VALUE);
            return new Replay(events, () -> new Client(next), options, stop::get, bytes -> {}).run();
        }
    }

    private record Client(Runnable asked) implements ReplayClient {

        @Override
        public List<Integer> next(Event recorded) {
            asked.run();
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
