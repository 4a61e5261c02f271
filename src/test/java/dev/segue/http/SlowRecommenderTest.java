package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.play.Event;
import dev.segue.play.Recommendation;
import dev.segue.posterior.ToySessions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Slow recommenders run on their own threads. */
class SlowRecommenderTest {

    private static final String REQUEST = "{\"user\":1,\"track\":0,\"time\":1}";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void configure() throws IOException {
        server = serverIn(folder);
    }

    /** Returns a server with one arm, the session model. */
    static TestServer serverIn(Path where) throws IOException {
        TestServer configured = TestServer.in(where);
        ToySessions.write(where.resolve("model"));
        Files.writeString(where.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json", "TOP_TRACKS_CATALOG": "top.json",
                 "recommenders": {
                   "session": {"type": "session", "model": "model", "fallback": ["top-pop"]},
                   "top-pop": {"type": "top-pop"}},
                 "experiments": [{"name": "SERVING", "arms": {"C": "session"}, "serves": true}]}
                """);
        return configured;
    }

    @Test
    void theModelsRecommendationIsReturnedAndLogged() throws Exception {
        try (var started = server.start()) {
            JsonNode response = started.postJson("/next_track", REQUEST);
            assertEquals(1, response.get("user").intValue());
            int track = response.get("track").intValue();
            assertTrue(track == 2 || track == 4, "an even track that is in the catalog: " + track);
            Event event = started.events().get(0);
            assertEquals(Recommendation.of(track, 1, 6, "session"), event.recommendation());
        }
    }

    @Test
    void bothProtocolsAreServed() throws Exception {
        try (var started = server.start()) {
            assertEquals(
                    200, started.post("/next/7", "{\"track\":0,\"time\":1}").statusCode());
            assertEquals(
                    200, started.post("/last/7", "{\"track\":2,\"time\":0.5}").statusCode());
            assertEquals(
                    200,
                    started.get("/next_track?user=7&track=0&time=1&dry_run=true&explain=true")
                            .statusCode());
            assertEquals(400, started.post("/next_track", "{\"user\":").statusCode());
            assertEquals(404, started.get("/nextt").statusCode());
            assertEquals(
                    405,
                    started.send("PUT", "/next_track", "application/json", "{}").statusCode());
            assertEquals(2, started.events().size());
        }
    }

    @Test
    void otherRequestsDoNotWaitForRecommendations() throws Exception {
        var held = new HeldTasks();
        try (var started = server.withRecommenders(held).start()) {
            CompletableFuture<HttpResponse<String>> waiting = started.postAsync("/next_track", REQUEST);
            Runnable task = held.take();
            assertEquals(200, started.get("/health/live").statusCode());
            assertFalse(waiting.isDone());
            task.run();
            assertEquals(200, waiting.join().statusCode());
        }
    }

    @Test
    void requestsThatWaitTooLongGet503AndRecordNothing() throws Exception {
        var held = new HeldTasks();
        try (var started = server.withRecommenders(held)
                .with("server.recommender_wait_ms", "0")
                .start()) {
            CompletableFuture<HttpResponse<String>> waiting = started.postAsync("/next_track", REQUEST);
            held.take().run();
            HttpResponse<String> response = waiting.join();
            assertEquals(503, response.statusCode());
            assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
            assertEquals(
                    "application/problem+json",
                    response.headers().firstValue("Content-Type").orElse(""));
            assertTrue(response.body().contains("was not recorded"), response::body);
            assertEquals(List.of(), started.events());
        }
    }

    @Test
    void failuresGet500() throws Exception {
        var fails = new AtomicBoolean();
        try (var started = server.onTimeRead(() -> {
                    if (fails.get()) {
                        throw new IllegalStateException("of a test");
                    }
                })
                .start()) {
            fails.set(true);
            HttpResponse<String> response = started.post("/next_track", REQUEST);
            assertEquals(500, response.statusCode());
            assertTrue(response.body().contains("log has the reason"), response::body);
        }
    }

    /** Sends 200 valid and invalid requests on one connection at once; responses are in the same order. */
    @Test
    void pipelinedRequestsGetResponsesInOrder() throws Exception {
        try (var started = server.start();
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), started.uri().getPort())) {
            var requests = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                String body = i % 5 == 4 ? "{\"user\":}" : "{\"user\":" + i + ",\"track\":0,\"time\":1}";
                requests.append(
                                "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ")
                        .append(body.length())
                        .append("\r\n\r\n")
                        .append(body);
            }
            OutputStream out = socket.getOutputStream();
            out.write(requests.toString().getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                String response = RawConnection.text(socket);
                if (i % 5 == 4) {
                    assertTrue(response.startsWith("HTTP/1.1 400"), response);
                } else {
                    assertTrue(
                            response.startsWith("HTTP/1.1 200") && response.contains("\"user\":" + i + ","), response);
                }
            }
        }
    }

    @Test
    void resetConnectionsDoNotAffectOthers() throws Exception {
        try (var started = server.start()) {
            byte[] request =
                    ("POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                    + REQUEST.length() + "\r\n\r\n" + REQUEST)
                            .getBytes(StandardCharsets.US_ASCII);
            for (int bytes = 1; bytes <= request.length; bytes++) {
                try (var socket = new Socket(
                        InetAddress.getLoopbackAddress(), started.uri().getPort())) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream().write(request, 0, bytes);
                }
            }
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                responses.add(started.postAsync("/next_track", "{\"user\":" + (1000 + i) + ",\"track\":0,\"time\":1}"));
            }
            for (int i = 0; i < 50; i++) {
                HttpResponse<String> response = responses.get(i).join();
                assertEquals(200, response.statusCode());
                assertTrue(response.body().contains("\"user\":" + (1000 + i) + ","), response::body);
            }
        }
    }
}
