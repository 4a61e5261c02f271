package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.play.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the logged times of a server with a wrong clock. */
class PlausibleClockTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1906-07-12T00:00:00Z, 2020-01-01T00:00:00Z",
        "1970-01-01T00:05:00Z, 2020-01-01T00:00:00Z",
        "+20000-01-01T00:00:00Z, 2100-01-01T00:00:00Z"
    })
    void wrongClockLogsTheNearestPlausibleTimeAndTheServerStartsAgain(Instant wrong, Instant logged) throws Exception {
        TestServer first = TestServer.in(folder);
        Instant right = Instant.ofEpochMilli(first.now.get());
        try (TestServer server = first.start()) {
            server.get("/next_track?user=1");
            server.now.set(wrong.toEpochMilli());
            assertEquals(200, server.get("/next_track?user=2").statusCode());
            server.now.set(right.toEpochMilli());
            server.get("/next_track?user=3");
        }
        try (TestServer again = TestServer.in(folder).start()) {
            assertEquals(
                    List.of(right, logged, right),
                    again.events().stream()
                            .map(Event::timestamp)
                            .map(Instant::ofEpochMilli)
                            .toList());
        }
    }

    @Test
    void plausibleTimesAreUnchanged() {
        Instant now = Instant.parse("2026-11-27T01:02:03.004Z");
        assertEquals(now, new PlausibleClock(() -> now).instant());
    }
}
