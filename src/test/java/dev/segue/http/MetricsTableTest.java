package dev.segue.http;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of metrics in the documentation names all that there are, and each changes when it should. */
@Timeout(300)
class MetricsTableTest {

    private static final Path DOCUMENT = Path.of("src/site/markdown/operations.md");
    private static final Pattern NAME_IN_TABLE = Pattern.compile("`(segue_[a-z_]+)(?:\\{([a-z,]+)\\})?`");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (segue_\\S+) (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");
    private static final String TOKEN = "token-of-listener-100";

    /** Changes a metric of a running server. */
    @FunctionalInterface
    private interface Traffic {
        void run(MetricsTableTest test) throws Exception;
    }

    /** Metric → what increases its sum. */
    private static final Map<String, Traffic> INCREASES = Map.ofEntries(
            entry("segue_recommendations_total", MetricsTableTest::next),
            entry("segue_assignments_total", MetricsTableTest::next),
            entry("segue_recommendation_seconds", MetricsTableTest::next),
            entry("segue_responses_total", MetricsTableTest::next),
            entry("segue_response_seconds", MetricsTableTest::next),
            entry("segue_log_events_total", MetricsTableTest::next),
            entry("segue_log_batches_total", MetricsTableTest::next),
            entry("segue_log_bytes_total", MetricsTableTest::next),
            entry("segue_listeners", MetricsTableTest::next),
            entry("segue_remembered_response_bytes", MetricsTableTest::next),
            entry("segue_sessions_ended_total", test -> test.post("/last/1", "{\"track\":0,\"time\":1}")),
            entry("segue_problems_total", test -> test.server.get("/next_track?user=")),
            entry("segue_clamped_shares_total", test -> test.server.get("/next_track?user=1&track=1&time=1.5")),
            entry("segue_reported_plays_total", MetricsTableTest::reportPlay),
            entry(
                    "segue_catalog_age_seconds",
                    test -> test.server.now.addAndGet(Duration.ofHours(1).toMillis())),
            entry("segue_catalog_reloads_total", test -> test.post("/admin/reload", "")),
            entry(
                    "segue_feedback_entries",
                    test -> test.post("/feedback", "{\"user\":1,\"track\":1,\"feedback\":\"ban\"}")),
            entry(
                    "segue_withdrawn_tracks",
                    test -> test.server.send("DELETE", "/admin/tracks/1", "application/json", "")),
            entry("segue_connections", MetricsTableTest::connect),
            entry("segue_recommender_queue", MetricsTableTest::beginNext),
            entry("segue_log_backlog_bytes", MetricsTableTest::nextOnStalledDisk),
            entry("segue_log_write_failures_total", MetricsTableTest::nextOnFullDisk),
            entry("segue_log_rotations_total", MetricsTableTest::rotate),
            entry("segue_log_rotations_deleted_total", MetricsTableTest::rotate),
            entry("segue_log_taken_away_total", MetricsTableTest::takeLogAway),
            entry("segue_log_events_rewritten_total", MetricsTableTest::takeLogAway));

    /** Metrics that have tests of their own here. */
    private static final Set<String> OTHERS =
            Set.of("segue_log_writable", "segue_catalog_generation", "segue_build_info");

    /** Metric → the test that changes it. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "segue_access_log_dropped_total", "http/AccessLogTest",
            "segue_connections_refused_total", "http/BoundedConnectionsTest",
            "segue_lag_seconds", "http/BoundedConnectionsTest",
            "segue_learning", "cli/UnattendedLearningTest",
            "segue_learnings_total", "cli/UnattendedLearningTest",
            "segue_learning_last_success_timestamp_seconds", "cli/UnattendedLearningTest");

    @TempDir
    private Path folder;

    private final StallingDisk disk = new StallingDisk();
    private final CountDownLatch recommends = new CountDownLatch(1);
    private final ExecutorService recommenders = Executors.newFixedThreadPool(1);
    private final List<AutoCloseable> connections = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // started before each test
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = SlowRecommenderTest.serverIn(folder)
                .with(disk)
                .with("adapters.listenbrainz_tokens", "{\"100\": \"" + TOKEN + "\"}")
                .with("DATA_LOG_FILE_MAX_BYTES", "20000")
                .with("DATA_LOG_FILE_BACKUP_COPIES", "1")
                .withRecommenders(recommenders)
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        disk.work();
        recommends.countDown();
        for (AutoCloseable connection : connections) {
            connection.close();
        }
        server.close();
    }

    private void next() throws Exception {
        post("/next/1", "{\"track\":0,\"time\":0.5,\"request_id\":\"r\"}");
    }

    private void post(String path, String body) throws Exception {
        var response = server.post(path, body);
        assertEquals(200, response.statusCode(), response::body);
    }

    private void reportPlay() throws Exception {
        String body = "{\"listen_type\":\"single\",\"payload\":[{\"listened_at\":" + (server.now.get() / 1000 - 100)
                + ",\"track_metadata\":{\"artist_name\":\"Odd\",\"track_name\":\"Title 1\"}}]}";
        var request = HttpRequest.newBuilder(server.uri().resolve("/listenbrainz/1/submit-listens"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Token " + TOKEN)
                .POST(BodyPublishers.ofString(body))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response::body);
    }

    private void connect() throws IOException {
        for (int i = 0; i < 3; i++) { // the client of the test may close one meanwhile
            connections.add(new RawConnection(server.uri()));
        }
    }

    private void beginNext() {
        var unused = server.postAsync("/next/1", "{\"track\":0,\"time\":1}");
    }

    private void nextOnStalledDisk() {
        disk.stall();
        var unused = server.getAsync("/next_track?user=1");
    }

    private void nextOnFullDisk() {
        disk.fill();
        var unused = server.getAsync("/next_track?user=1");
    }

    private void rotate() throws Exception {
        for (int i = 0; i < 300; i++) {
            post("/next/" + i, "{\"track\":0,\"time\":0.5}");
        }
    }

    private void takeLogAway() throws Exception {
        next();
        Files.delete(folder.resolve("log/data.json"));
        post("/next/2", "{\"track\":0,\"time\":0.5}");
    }

    static Set<String> increasing() {
        return new TreeSet<>(INCREASES.keySet());
    }

    /** The sum over a metric's series, without those of the requests for metrics. */
    private double sum(String metric) throws Exception {
        return Metrics.of(server).samples().entrySet().stream()
                .filter(sample -> !sample.getKey().contains("\"/metrics\""))
                .filter(sample -> sample.getKey().matches(metric + "(_count)?(\\{.*)?"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @ParameterizedTest
    @MethodSource("increasing")
    void metricsIncrease(String metric) throws Exception {
        if (metric.equals("segue_recommender_queue")) {
            recommenders.execute(() -> awaitUninterrupted(recommends));
        }
        double before = sum(metric);
        Objects.requireNonNull(INCREASES.get(metric)).run(this);
        Waiting.until(metric + " increases", () -> sum(metric) > before);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theLogIsNotWritableWhileItsDiskStalls() throws Exception {
        assertEquals(1, sum("segue_log_writable"));
        server.stallLog();
        assertEquals(0, sum("segue_log_writable"));
        disk.work();
        Waiting.until("the log is writable", () -> sum("segue_log_writable") == 1);
    }

    @Test
    void theGenerationInServiceIsNamed() throws Exception {
        String first =
                "segue_catalog_generation{generation=\"" + server.server().generation() + "\"}";
        assertEquals(1, Metrics.of(server).get(first));
        Files.writeString(folder.resolve("top.json"), "[5,4]", StandardOpenOption.TRUNCATE_EXISTING);
        post("/admin/reload", "");
        String second =
                "segue_catalog_generation{generation=\"" + server.server().generation() + "\"}";
        assertNotEquals(first, second);
        assertEquals(1, Metrics.of(server).get(second));
        assertEquals(0, Metrics.of(server).get(first));
    }

    @Test
    void theBuildIsNamed() throws Exception {
        String java = "java=\"" + Runtime.version() + "\"";
        assertTrue(
                Metrics.of(server).samples().entrySet().stream()
                        .anyMatch(sample -> sample.getKey().startsWith("segue_build_info{")
                                && sample.getKey().contains(java)
                                && sample.getValue() == 1),
                java);
    }

    /** Metric → its labels, in the table of the documentation. */
    private static Map<String, Set<String>> table() throws IOException {
        String section = Files.readString(DOCUMENT)
                .replaceFirst("(?s).*\n## Metrics\n", "")
                .replaceFirst("(?s)\n## .*", "");
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAME_IN_TABLE
                        .matcher(line.substring(0, line.indexOf('|', 1)))
                        .results())
                .collect(Collectors.toMap(
                        name -> name.group(1), MetricsTableTest::labels, (one, other) -> one, TreeMap::new));
    }

    private static Set<String> labels(MatchResult name) {
        return name.group(2) == null
                ? Set.of()
                : new TreeSet<>(List.of(name.group(2).split(",")));
    }

    /** Metric → its labels, as served. Each metric with labels has series after some requests. */
    private Map<String, Set<String>> served() throws Exception {
        next();
        server.get("/next_track?user=");
        String text = server.get("/metrics").body();
        Map<String, Set<String>> served = new TreeMap<>();
        TYPE.matcher(text).results().forEach(type -> served.put(type.group(1), labels(type.group(1), text)));
        return served;
    }

    private static Set<String> labels(String metric, String text) {
        return text.lines()
                .filter(line -> line.matches(metric + "(_count)?\\{.*"))
                .flatMap(line -> LABEL.matcher(line).results())
                .map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theTableHasAllMetricsWithTheirLabels() throws Exception {
        assertEquals(served(), table());
    }

    @Test
    void everyMetricHasATestOfItsChange() throws Exception {
        Set<String> tested = Stream.of(INCREASES.keySet(), OTHERS, ELSEWHERE.keySet())
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(table().keySet(), tested);
        for (Map.Entry<String, String> elsewhere : ELSEWHERE.entrySet()) {
            String source = Files.readString(Path.of("src/test/java/dev/segue/" + elsewhere.getValue() + ".java"));
            assertTrue(
                    Pattern.compile(elsewhere.getKey() + "(?![a-z_])")
                            .matcher(source)
                            .find(),
                    elsewhere::toString);
        }
    }
}
