package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.event.Event;
import dev.segue.event.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private ReplayResult replay(Runnable next) throws IOException {
        Path log = Files.writeString(directory.resolve("log.json"), """
                {"message":"next","timestamp":1000,"user":1,"track":2,"time":1,"latency":0,"recommendation":5,"experiments":{}}
                {"message":"last","timestamp":9999999999,"user":1,"track":5,"time":1,"latency":0,"experiments":{}}
                """);
        try (EventReader events = EventReader.open(log)) {
            var options = new ReplayOptions(1, 1, Long.MAX_VALUE);
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
