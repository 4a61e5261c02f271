package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.config.Configuration;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The rule no-repeat with hours also excludes tracks of a listener's earlier sessions. */
class RepeatsAcrossSessionsTest {

    private static final long HOUR = 3_600_000;

    @TempDir
    Path folder;

    private TestServer server(String rule) throws IOException {
        TestServer server = TestServer.in(folder);
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"rules\": [" + rule + "], "));
        return server;
    }

    /** Returns the tracks that listener 100 can get in a new session. */
    private static Set<Integer> next(TestServer server) throws Exception {
        JsonNode response = server.getJson("/next_track?user=100&count=6&explain=true&dry_run=true");
        return response.get("tracks").valueStream().map(JsonNode::asInt).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void tracksOfEarlierSessionsAreExcludedForTheHoursAlsoAfterARestart() throws Exception {
        TestServer server = server("{\"type\": \"no-repeat\", \"hours\": 48}");
        server.start();
        server.postJson("/next/100", "{\"track\":0,\"time\":1}");
        server.postJson("/last/100", "{\"track\":4,\"time\":1}");
        server.now.addAndGet(30 * HOUR);
        server.postJson("/last/100", "{\"track\":1,\"time\":1}");
        server.now.addAndGet(HOUR);
        assertEquals(Set.of(2, 3, 5), next(server));
        JsonNode explained = server.getJson("/next_track?user=100&explain=true&dry_run=true");
        assertEquals(
                "[{\"rule\":\"no-repeat\",\"tracks\":[0,1,4],\"artists\":[]}]",
                explained.get("explanation").get("rules").toString());
        assertEquals(
                1, explained.get("explanation").get("propensity").asDouble(), "5 is the one top track that is left");
        assertEquals(
                Set.of(0, 1, 2, 3, 4, 5),
                server.getJson("/next_track?user=101&count=6&dry_run=true")
                        .get("tracks")
                        .valueStream()
                        .map(JsonNode::asInt)
                        .collect(Collectors.toSet()),
                "another listener");
        server.close();
        server.start();
        assertEquals(Set.of(2, 3, 5), next(server), "from the log");
        server.now.addAndGet(18 * HOUR);
        assertEquals(Set.of(0, 2, 3, 4, 5), next(server), "49 hours after the first session");
        server.close();
    }

    @Test
    void withoutHoursTracksOfEarlierSessionsAreAllowed() throws Exception {
        try (TestServer server = server("\"no-repeat\"").start()) {
            server.postJson("/next/100", "{\"track\":0,\"time\":1}");
            server.postJson("/last/100", "{\"track\":4,\"time\":1}");
            assertEquals(Set.of(0, 1, 2, 3, 4, 5), next(server));
        }
    }

    @Test
    void restoredSpanFollowsTheHours() throws Exception {
        server("\"no-repeat\"");
        assertEquals(Duration.ofHours(2), ServingPlan.restoredSpan(configuration()));
        assertTrue(ServingPlan.historyLimits(configuration()).recall().isZero());
        server("{\"type\": \"no-repeat\", \"hours\": 1}");
        assertEquals(Duration.ofHours(2), ServingPlan.restoredSpan(configuration()));
        assertFalse(ServingPlan.historyLimits(configuration()).recall().isZero());
        Path config = folder.resolve("config.json");
        Files.writeString(config, """
                {"TRACKS_CATALOG": "tracks.json", "recommenders": {
                  "contextual": {"type": "contextual", "rules": [{"type": "no-repeat", "hours": 48}]}},
                 "experiments": [{"name": "X", "arms": {"C": "contextual"}, "serves": true}]}
                """);
        assertEquals(Duration.ofDays(2), ServingPlan.restoredSpan(configuration()));
        assertEquals(
                Duration.ofDays(2), ServingPlan.historyLimits(configuration()).recall());
    }

    private Configuration configuration() {
        return Configuration.load(folder.resolve("config.json"), Map.of(), Map.of());
    }
}
