package dev.segue.http;

import dev.segue.Waiting;
import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.config.Configuration;
import dev.segue.event.EventLog;
import dev.segue.event.EventLogFiles;
import dev.segue.event.EventReader;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on a free port over a tiny catalog: tracks 0 to 5 of artists "Odd" and "Even", neighbours in both catalogs for
 * tracks 0 to 3 alone, top tracks 4 and 5, and a list for listener 1.
 */
final class TestServer implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** An event of about 600 kB: two exceed a backlog of 1 MB, and one leaves room for the events of requests. */
    private static final Event FILLER = new Event(
            Event.Message.LAST,
            0,
            ListenerId.ofString("nobody"),
            new Playback(0, 1),
            0,
            Recommendation.NONE,
            Arms.NONE,
            1,
            1,
            null,
            null,
            Collections.nCopies(200_000, 99));

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Path folder;
    final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    /** Waits may take a minute, so that a slow machine looks neither overloaded nor like a stalled log. */
    private final Map<String, String> flags = new HashMap<>(Map.of(
            "server.port", "0",
            "server.stop_timeout_ms", "100",
            "server.log_wait_ms", "60000",
            "server.recommender_wait_ms", "60000",
            "log.stalled_after_ms", "60000"));

    private StallingDisk disk = new StallingDisk();
    private @Nullable EventLog log;
    private Function<CatalogFiles, Catalog> loadCatalog = Catalog::load;
    private volatile Runnable onTimeRead = () -> {};
    private ExecutorService recommenders = Executors.newFixedThreadPool(2);
    private @Nullable SegueServer server;
    private @Nullable Ports ports;
    private Runnable beforeLog = () -> {};

    private TestServer(Path folder) {
        this.folder = folder;
    }

    /** Creates a server without starting it. */
    static TestServer in(Path folder) throws IOException {
        Files.writeString(folder.resolve("tracks.json"), catalog("[1,2,3]", "[0,2,3]", "[0,1,3]", "[0,1,2]"));
        Files.writeString(folder.resolve("tracks_nn.json"), catalog("[4]", "[4,5]", "[5]", "[5,4]"));
        Files.writeString(folder.resolve("top.json"), "[4,5]");
        Files.writeString(folder.resolve("recommendations.json"), "{\"user\":1,\"tracks\":[2,3]}\n");
        Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json", "TRACKS_CATALOG_NN": "tracks_nn.json",
                 "TOP_TRACKS_CATALOG": "top.json", "RECOMMENDATIONS_FILE_PATH": "recommendations.json",
                 "experiments": [
                   {"name": "SERVING", "arms": {"C": "contextual", "T1": "new"}, "serves": true,
                    "forced": {"100": "C", "101": "T1"}},
                   {"name": "ASIDE", "arms": {"C": "contextual", "T1": "random"}, "traffic": 0.5}]}
                """);
        return new TestServer(folder);
    }

    private static String catalog(String... neighbours) {
        var lines = new StringBuilder();
        for (int track = 0; track < 6; track++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"track\":%d,\"artist\":\"%s\",\"title\":\"Title %d\",\"recommendations\":%s}%n",
                    track,
                    track % 2 == 0 ? "Even" : "Odd",
                    track,
                    track < neighbours.length ? neighbours[track] : "[]"));
        }
        return lines.toString();
    }

    TestServer with(String setting, String value) {
        flags.put(setting, value);
        return this;
    }

    /** Applies session rules to all recommenders. */
    TestServer withRules(String rules) throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"rules\": " + rules + ", "));
        return this;
    }

    /** Writes the log to a disk that can stall and be full. */
    TestServer with(StallingDisk logsDisk) {
        disk = logsDisk;
        return with("log.max_backlog_bytes", "1000000");
    }

    TestServer withCatalogs(Function<CatalogFiles, Catalog> loading) {
        loadCatalog = loading;
        return this;
    }

    /** Runs an action whenever the server reads the clock, which it does during requests. */
    TestServer onTimeRead(Runnable action) {
        onTimeRead = action;
        return this;
    }

    /** Runs an action in a start before it opens the log. */
    TestServer beforeLog(Runnable action) {
        beforeLog = action;
        return this;
    }

    /** The ports of the next start, with the settings so far. */
    Ports ports() {
        if (ports == null) {
            ports = new Ports(configuration());
        }
        return ports;
    }

    private Configuration configuration() {
        return Configuration.load(folder.resolve("config.json"), Map.of(), flags);
    }

    /** Runs slow recommenders on these threads. */
    TestServer withRecommenders(ExecutorService threads) {
        recommenders = threads;
        return this;
    }

    TestServer start() {
        InstantSource clock = () -> {
            onTimeRead.run();
            return Instant.ofEpochMilli(now.get());
        };
        Ports opened = ports();
        ports = null;
        Configuration configuration = configuration();
        server = SegueServer.start(
                configuration,
                opened,
                new Loading(configuration, loadCatalog),
                options -> {
                    beforeLog.run();
                    log = EventLog.open(options, disk);
                    return log;
                },
                clock,
                recommenders);
        return this;
    }

    EventLog log() {
        return Objects.requireNonNull(log, "start it first");
    }

    /** Stalls the disk and fills the log's backlog with large events. */
    void stallLog() {
        disk.stall();
        while (log().isWritable()) {
            log().append(FILLER);
        }
    }

    SegueServer server() {
        return Objects.requireNonNull(server, "start it first");
    }

    URI uri() {
        return server().uri();
    }

    HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String contentType, String body) throws Exception {
        return CLIENT.send(request(method, path, contentType, body), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, "application/json", body);
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return CLIENT.sendAsync(HttpRequest.newBuilder(uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, String body) {
        return postAsync(path, "application/json", body);
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, String contentType, String body) {
        return CLIENT.sendAsync(request("POST", path, contentType, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String contentType, String body) {
        return HttpRequest.newBuilder(uri().resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", contentType)
                .build();
    }

    static JsonNode json(HttpResponse<String> response) {
        return MAPPER.readTree(response.body());
    }

    JsonNode getJson(String path) throws Exception {
        return json(get(path));
    }

    JsonNode postJson(String path, String body) throws Exception {
        return json(post(path, body));
    }

    /** Returns the lines of the log. */
    List<JsonNode> logLines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("log/data.json"))) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    /** Returns the events of requests. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (Path file : EventLogFiles.list(folder.resolve("log/data.json"))) {
            try (EventReader reader = EventReader.open(file)) {
                for (Event event = reader.next(); event != null; event = reader.next()) {
                    if (!event.listener().equals(FILLER.listener())) {
                        events.add(event);
                    }
                }
            }
        }
        return events;
    }

    /** Waits until the log has unwritten events. */
    void awaitBacklog() {
        Waiting.until("events wait in the log", () -> log().backlogBytes() > 0);
    }

    void awaitWritable() {
        Waiting.until("the server is ready", () -> server().isReady());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
