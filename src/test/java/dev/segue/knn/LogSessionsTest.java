package dev.segue.knn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSessionsTest {

    private static final String LOG = """
            {"message":"next","timestamp":1700000000000,"user":1,"track":10,"time":1,"latency":0.1,"recommendation":11,"experiments":{}}
            {"message":"next","timestamp":1700000001000,"user":2,"track":10,"time":1,"latency":0.1,"recommendation":12,"experiments":{}}
            {"message":"next","timestamp":1700000002000,"user":1,"track":11,"time":0.5,"latency":0.1,"recommendation":13,"experiments":{}}
            {"message":"last","timestamp":1700000003000,"user":1,"track":13,"time":0,"latency":0.1,"recommendation":null,"experiments":{}}
            {"message":"last","timestamp":1700000004000,"user":3,"track":14,"time":0.7,"latency":0.1,"recommendation":null,"experiments":{}}
            {"message":"next","timestamp":1700000005000,"user":2,"track":12,"time":0.25,"latency":0.1,"recommendation":15,"experiments":{}}
            """;

    @TempDir
    private Path folder;

    @Test
    void readsTheSessionsOfALogWithTheirPlayedShares() throws IOException {
        SessionIndex index;
        try (SessionReader sessions = sessions()) {
            index = LogSessions.read(sessions, IndexLimits.DEFAULT, read -> {});
        }
        assertEquals(2, index.sessions(), "listener 3 has a session of one track");
        assertEquals(4, index.items());
        var query = new KnnQuery();
        query.add(10);
        assertEquals(
                Map.of(10L, 2.0, 11L, 0.5, 12L, 0.25),
                SessionKnnTest.scores(new SessionKnn(index, Settings.PLAIN).predict(query, 10, null)));
    }

    @Test
    void addsSingleSessionsOfAtLeastTwoPlaybacks() throws IOException {
        var index = new SessionIndex(IndexLimits.DEFAULT);
        try (SessionReader sessions = sessions()) {
            assertTrue(LogSessions.add(Objects.requireNonNull(sessions.next()), index));
            assertEquals(1, index.sessions());
            assertFalse(LogSessions.add(Objects.requireNonNull(sessions.next()), index), "one playback");
            assertEquals(1, index.sessions());
        }
    }

    private SessionReader sessions() throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), LOG);
        return new SessionReader(EventLogs.find(List.of(log.toString())).open(), SessionRule.DEFAULT);
    }
}
