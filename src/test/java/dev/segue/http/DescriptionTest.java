package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI description matches the API. */
class DescriptionTest {

    @TempDir
    static Path folder;

    private static TestServer server;
    private static JsonNode description;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.in(folder)
                .with("adapters.listenbrainz_tokens", "{\"100\":\"token\"}")
                .with("adapters.opensubsonic_users", "{\"100\":\"sesame\"}")
                .with("adapters.audiomuse", "true")
                .start();
        description = server.getJson("/openapi.json");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void describedPathsAreTheRoutes() {
        Map<String, TreeSet<String>> described = new TreeMap<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> described.put(
                        path.getKey(), new TreeSet<>(path.getValue().propertyNames())));
        Map<String, TreeSet<String>> routes = new TreeMap<>();
        for (Endpoint endpoint : server.server().endpoints()) {
            var methods = new TreeSet<String>();
            endpoint.methods().stream()
                    .filter(method -> !method.equals("HEAD")) // implied by GET
                    .forEach(method -> methods.add(method.toLowerCase(java.util.Locale.ROOT)));
            routes.put(endpoint.path(), methods);
        }
        assertEquals(described, routes);
    }

    @Test
    void operationsWithABodyDescribeTheirErrors() {
        int described = 0;
        JsonNode paths = description.get("paths");
        List<JsonNode> withoutRequestId = List.of(
                paths.get("/next_tracks").get("post"),
                paths.get("/feedback").get("post"),
                paths.get("/1/submit-listens").get("post"),
                paths.get("/listenbrainz/1/submit-listens").get("post"));
        for (JsonNode path : paths) {
            for (JsonNode operation : path) {
                if (operation.has("requestBody")) {
                    described++;
                    Stream.of("400", "408", "409", "413", "415", "503")
                            .filter(status -> !status.equals("409") || !withoutRequestId.contains(operation))
                            .forEach(status ->
                                    assertTrue(operation.get("responses").has(status), () -> status + " " + operation));
                }
            }
        }
        assertEquals(
                8,
                described,
                "/next_track, /next_tracks, /next, /last, /feedback, /admin/rollback, and /1/submit-listens twice");
    }

    @Test
    void operationsThatAdministerDescribeTheirToken() {
        int described = 0;
        for (var path : description.get("paths").properties()) {
            for (JsonNode operation : path.getValue()) {
                if (Paths.isAdmin(path.getKey())) {
                    described++;
                    assertTrue(operation.get("security").get(1).has("adminToken"), path::getKey);
                    Stream.of("401", "403")
                            .forEach(status ->
                                    assertTrue(operation.get("responses").has(status), () -> status + " " + operation));
                }
            }
        }
        assertTrue(described > 0);
    }

    @Test
    void everyOperationHasAnExampleThatMatchesItsSchema() {
        for (var path : description.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                String name = operation.getKey() + " " + path.getKey();
                JsonNode described = operation.getValue();
                JsonNode responses = described.get("responses");
                assertExample(
                        name,
                        responses.path(responses.has("200") ? "200" : "202").path("content"));
                if (described.has("requestBody")) {
                    assertExample(name, described.get("requestBody").path("content"));
                }
                Set<String> names = new HashSet<>();
                for (JsonNode parameter : described.path("parameters")) {
                    assertTrue(names.add(parameter.path("in") + " " + parameter.path("name")), name + " " + parameter);
                    assertTrue(
                            parameter.has("example")
                                    || !parameter.path("required").asBoolean(false),
                            name + " " + parameter);
                }
            }
        }
    }

    private static void assertExample(String name, JsonNode content) {
        assertTrue(!content.isEmpty(), name);
        for (JsonNode type : content) {
            List<JsonNode> examples = new ArrayList<>();
            if (type.has("example")) {
                examples.add(type.get("example"));
            }
            type.path("examples").forEach(example -> examples.add(example.get("value")));
            assertTrue(!examples.isEmpty(), name + " has no example");
            String reference = type.path("schema").path("$ref").asString("");
            if (!reference.isEmpty()) {
                examples.forEach(example ->
                        assertValid(reference.substring(reference.lastIndexOf('/') + 1), example.toString()));
            }
        }
    }

    @Test
    void validRequestsMatchTheSchemaAndInvalidOnesDoNot() throws Exception {
        Schema requestSchema = schema("NextTrackRequest");
        for (String good : List.of(
                "{\"user\":1}",
                "{\"user\":\"u\",\"track\":0,\"time\":1}",
                "{\"user\":1,\"count\":2,\"explain\":true,\"dry_run\":true,\"request_id\":\"a\"}",
                "{\"user\":1,\"seeds\":{\"tracks\":[0],\"artists\":[\"Odd\"]}}",
                "{\"user\":1,\"session\":[]}",
                "{\"user\":1,\"filter\":{\"tags\":{\"none\":[\"a\"]},\"explicit\":false,\"years\":{}}}",
                "{\"user\":1,\"session\":[{\"track\":0,\"time\":1}]}",
                "{\"user\":1,\"exclude\":{\"tracks\":[0],\"artists\":[\"Odd\"]}}")) {
            assertEquals(List.of(), requestSchema.validate(good, InputFormat.JSON), good);
            assertEquals(200, server.post("/next_track", good).statusCode(), good);
        }
        for (String bad : List.of(
                "{}",
                "{\"user\":-1}",
                "{\"user\":1,\"track\":1}",
                "{\"user\":1,\"count\":0}",
                "{\"user\":1,\"x\":0}",
                "{\"user\":1,\"track\":1,\"time\":2.5}",
                "{\"user\":true}",
                "{\"user\":1,\"seeds\":{\"names\":[]}}",
                "{\"user\":1,\"session\":{}}",
                "{\"user\":1,\"filter\":{\"tags\":{\"none\":\"a\"}}}",
                "{\"user\":1,\"filter\":{\"years\":{\"from\":1}}}",
                "{\"user\":1,\"session\":[{\"track\":0}]}",
                "{\"user\":1,\"session\":[],\"track\":0,\"time\":1}",
                "{\"user\":1,\"exclude\":[]}",
                "{\"user\":1,\"exclude\":{\"tracks\":[-1]}}",
                "{\"user\":1,\"exclude\":{\"artists\":[\"\"]}}",
                "{\"user\":1,\"exclude\":{\"names\":[]}}")) {
            assertTrue(!requestSchema.validate(bad, InputFormat.JSON).isEmpty(), bad);
            assertEquals(400, server.post("/next_track", bad).statusCode(), bad);
        }
    }

    @Test
    void responsesMatchTheDescription() throws Exception {
        assertValid(
                "NextTrack",
                server.get("/next_track?user=1&count=3&explain=true").body());
        assertValid(
                "NextTrack",
                server.get("/next_track?user=1&seed_track=1&seed_track=99&explain=true")
                        .body());
        String lines = server.send("POST", "/next_tracks", "application/jsonl", "{\"user\":1}\n{}\n")
                .body();
        assertValid("NextTrack", lines.lines().findFirst().orElseThrow());
        assertValid("BatchError", lines.lines().skip(1).findFirst().orElseThrow());
        assertValid(
                "NextTrack",
                server.get("/next_track?user=1&tag_none=x&explain=true").body());
        assertValid(
                "FeedbackRequest",
                server.post("/feedback", "{\"user\":1,\"track\":5,\"feedback\":\"like\"}")
                        .body());
        assertValid("ListenerFeedback", server.get("/feedback?user=1").body());
        assertValid("WithdrawnTrack", server.get("/admin/tracks/1").body());
        assertValid("Track", server.get("/track/1").body());
        assertValid("Server", server.get("/server").body());
        assertValid(
                "Experiment",
                server.getJson("/experiments").get("experiments").get(0).toString());
        assertValid(
                "Assignment", server.get("/experiments/ASIDE/assignment?user=2").body());
        assertValid("Neighbours", server.get("/tracks/1/neighbours").body());
        for (int listener = 0; listener < 8; listener++) {
            server.post("/next/" + listener, "{\"track\":1,\"time\":0.5}");
            server.post("/last/" + listener, "{\"track\":2,\"time\":0." + listener + "}");
        }
        assertValid("Report", server.get("/experiments/SERVING/report").body());
        assertValid("Reload", server.post("/admin/reload", "").body());
        assertValid("Generations", server.get("/admin/generations").body());
        assertValid("Problem", server.get("/nothing").body());
    }

    @Test
    void responsesOfAdaptersMatchTheDescription() throws Exception {
        String listen =
                "{\"listened_at\":1600000000,\"track_metadata\":{\"artist_name\":\"Odd\",\"track_name\":\"Title 1\","
                        + "\"additional_info\":{\"duration_ms\":1000,\"duration_played\":1}}}";
        String body = "{\"listen_type\":\"single\",\"payload\":[" + listen + "]}";
        assertValid("SubmitListens", body);
        assertValid("ListensAccepted", authorized("/1/submit-listens", body));
        assertValid("TokenValidity", authorized("/1/validate-token", null));
        assertValid("Problem", server.post("/1/submit-listens", body).body());
        String user = "&u=100&p=sesame&v=1.16.1&c=test&f=json";
        for (String method : List.of(
                "ping?",
                "ping?x",
                "getOpenSubsonicExtensions?",
                "getSimilarSongs?id=1",
                "getSimilarSongs2?id=Odd",
                "getSonicSimilarTracks?id=1",
                "scrobble?id=1")) {
            assertValid("SubsonicDocument", server.get("/rest/" + method + user).body());
        }
        assertValid("SubsonicDocument", server.get("/rest/ping?f=json").body());
        for (JsonNode track : server.getJson("/api/similar_tracks?item_id=1")) {
            assertValid("AudioMuseTrack", track.toString());
        }
        for (JsonNode artist : server.getJson("/api/similar_artists?artist=Odd&include_component_matches=true")) {
            assertValid("AudioMuseArtist", artist.toString());
        }
        assertValid("Problem", server.get("/api/similar_tracks?item_id=99").body());
    }

    private static String authorized(String path, @Nullable String body) throws Exception {
        var request = HttpRequest.newBuilder(server.uri().resolve(path)).header("Authorization", "Token token");
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void configurationSchemaIsPublished() throws Exception {
        assertTrue(server.getJson("/config.schema.json").get("properties").has("TRACKS_CATALOG"));
    }

    private static void assertValid(String name, String json) {
        assertEquals(List.of(), schema(name).validate(json, InputFormat.JSON), json);
    }

    /** Returns one of the description's schemas, with additional properties forbidden. */
    private static Schema schema(String name) {
        ObjectNode schemas = (ObjectNode) description.get("components").get("schemas");
        ObjectNode root = schemas.deepCopy();
        root.properties().forEach(schema -> ((ObjectNode) schema.getValue()).put("additionalProperties", false));
        ObjectNode document = root.objectNode();
        document.set("components", root.objectNode().set("schemas", root));
        document.put("$ref", "#/components/schemas/" + name);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document.toString(), InputFormat.JSON);
    }
}
