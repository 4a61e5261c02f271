package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteMetricsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String header, String value) throws Exception {
        URI uri = server.server().uri().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).header(header, value).build(), BodyHandlers.ofString());
    }

    @Test
    void responsesAreCountedByRouteAndStatus() throws Exception {
        server.get("/next_track?user=1");
        server.get("/next_track?user=1");
        server.get("/next_track?user=-1");
        server.get("/track/0");
        server.get("/track/1");
        server.get("/no/such/path");
        String metrics = server.get("/metrics").body();
        for (String line : Set.of(
                "segue_responses_total{route=\"/next_track\",status=\"200\"} 2.0",
                "segue_responses_total{route=\"/next_track\",status=\"400\"} 1.0",
                "segue_responses_total{route=\"/track/{id}\",status=\"200\"} 2.0",
                "segue_responses_total{route=\"other\",status=\"404\"} 1.0",
                "segue_response_seconds_count{route=\"/next_track\"} 3",
                "segue_response_seconds_bucket{route=\"/next_track\",le=\"+Inf\"} 3")) {
            assertTrue(metrics.contains("\n" + line + "\n"), () -> line + " is missing in\n" + metrics);
        }
        assertFalse(metrics.contains("route=\"/dashboard\""), "routes without requests have no series");
    }

    @Test
    void tracksAreCountedByArmAndTheGenerationHasAnAge() throws Exception {
        server.get("/next_track?user=1");
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("\nsegue_assignments_total{arm=\""), metrics);
        assertTrue(metrics.contains("\nsegue_catalog_age_seconds "), metrics);
        assertTrue(metrics.contains("\nsegue_recommender_queue 0.0\n"), metrics);
        assertTrue(metrics.contains("\njvm_memory_used_bytes{area=\"heap\"} "), metrics);
        assertTrue(metrics.contains("\njvm_buffer_pool_used_bytes{pool=\"direct\"} "), metrics);
        assertTrue(metrics.contains("\nprocess_open_fds "), metrics);
    }

    @Test
    void openMetricsHaveTheTraceOfARequest() throws Exception {
        get("/next_track?user=1", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        HttpResponse<String> metrics =
                get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertTrue(
                metrics.headers().firstValue("Content-Type").orElse("").startsWith("application/openmetrics-text"),
                metrics.headers()::toString);
        assertTrue(metrics.body().contains("trace_id=\"" + TRACE + "\""), metrics.body());
        assertTrue(metrics.body().endsWith("# EOF\n"));
        assertFalse(server.get("/metrics").body().contains(TRACE), "the older format has no exemplars");
    }

    @Test
    void aMalformedTraceIsIgnored() throws Exception {
        for (String trace :
                Set.of("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "00-XYZ-00f067aa0ba902b7-01", "\"}")) {
            assertEquals(200, get("/next_track?user=1", "traceparent", trace).statusCode());
        }
        assertFalse(
                get("/metrics", "Accept", "application/openmetrics-text").body().contains("trace_id"));
    }

    /** The age of the catalogs reads the clock, which is held here; the server has one selector. */
    @Test
    void aSlowReadingOfTheMetricsDelaysNoOtherRequest(@TempDir Path other) throws Exception {
        var isHeld = new AtomicBoolean();
        var held = new CompletableFuture<Void>();
        var released = new CompletableFuture<Void>();
        try (TestServer single = TestServer.in(other)
                .with("server.selectors", "1")
                .onTimeRead(() -> {
                    if (isHeld.get()) {
                        held.complete(null);
                        released.join();
                    }
                })
                .start()) {
            isHeld.set(true);
            var metrics = single.getAsync("/metrics");
            held.get(60, TimeUnit.SECONDS);
            assertEquals(
                    200,
                    single.getAsync("/health/live").get(60, TimeUnit.SECONDS).statusCode());
            assertFalse(metrics.isDone());
            isHeld.set(false);
            released.complete(null);
            assertEquals(200, metrics.get(60, TimeUnit.SECONDS).statusCode());
        }
    }
}
