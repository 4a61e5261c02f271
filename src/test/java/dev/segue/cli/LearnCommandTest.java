package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.config.Configuration;
import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.event.SessionRule;
import dev.segue.http.SegueServer;
import dev.segue.learn.FormerFiles;
import dev.segue.learn.LearnedStage;
import dev.segue.learn.Learning;
import dev.segue.learn.LearningLock;
import dev.segue.posterior.SessionTraining;
import dev.segue.training.History.Epoch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Learns from logs of a world of 300 tracks. */
class LearnCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path world;

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();
    private Path config;
    private Path model;

    @BeforeAll
    static void logSessions() {
        CommandRun.makeWorld(world, 300, 60);
        CommandRun.simulateRandom(world, 4000, world.resolve("log.json"));
    }

    @BeforeEach
    void configure() throws IOException {
        for (String name : List.of("tracks.json", "tracks_with_recs.json", "top_tracks.json", "log.json")) {
            Files.copy(world.resolve(name), folder.resolve(name));
        }
        model = folder.resolve("models/session");
        config = configure("");
    }

    private Path configure(String recommenders) throws IOException {
        return Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks_with_recs.json", "TOP_TRACKS_CATALOG": "top_tracks.json",
                 "DATA_LOG_FILE": "log.json", "STATE_FOLDER": "state",
                 "recommenders": {
                   "session": {"type": "session", "model": "models/session", "optional": true, "fallback": ["top-pop"]},
                   "top-pop": {"type": "top-pop"}%s},
                 "experiments": [{"name": "E", "arms": {"C": "session"}, "serves": true}]}
                """.formatted(recommenders));
    }

    private int learn(String... options) {
        List<String> command = new ArrayList<>(List.of("learn", "--config", config.toString()));
        return run.of(command, options);
    }

    @Test
    void onlyTheFilesOfOneArmAreLearned() throws Exception {
        config = Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks_with_recs.json", "TOP_TRACKS_CATALOG": "top_tracks.json",
                 "DATA_LOG_FILE": "log.json", "STATE_FOLDER": "state",
                 "recommenders": {
                   "present": {"type": "session", "model": "models/session", "optional": true, "fallback": ["top-pop"]},
                   "next": {"type": "session", "model": "models/next", "optional": true, "fallback": ["top-pop"]},
                   "top-pop": {"type": "top-pop"}},
                 "experiments": [{"name": "E", "arms": {"C": "present", "T1": "next"}, "serves": true}]}
                """);
        byte[] topTracks = Files.readAllBytes(folder.resolve("top_tracks.json"));
        assertEquals(0, learn("--into", "T1"), run.errors::toString);
        assertTrue(Files.isDirectory(folder.resolve("models/next")));
        assertFalse(Files.exists(model));
        assertArrayEquals(
                topTracks, Files.readAllBytes(folder.resolve("top_tracks.json")), "both arms use the top tracks");
    }

    @Test
    void anArmWithoutFilesOfItsOwnIsRefused() {
        assertEquals(1, learn("--into", "T1"));
        run.assertOneLineOfError("experiment E has no arm T1; its arms are C");
    }

    @Test
    @SuppressWarnings("try") // the lock is only held
    void twoProcessesDoNotLearnAtOnce() {
        try (var held = LearningLock.in(folder.resolve("state"))) {
            assertEquals(1, learn());
            run.assertOneLineOfError("another process learns, and holds " + folder.resolve("state/learning.lock"));
        }
    }

    private String servedRecommender() throws Exception {
        try (SegueServer server = CommandRun.serve(config)) {
            HttpRequest request = HttpRequest.newBuilder(
                            server.uri().resolve("/next_track?user=5&track=7&time=1&explain=true&dry_run=true"))
                    .build();
            String response = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
            return JSON.readTree(response).get("explanation").get("recommender").asString();
        }
    }

    /** Replaces the log by its first sessions. */
    private void keepLines(int lines) throws IOException {
        try (Stream<String> all = Files.lines(world.resolve("log.json"))) {
            Files.write(folder.resolve("log.json"), all.limit(lines).toList());
        }
    }

    @Test
    void fallbacksServeUntilTheModelIsLearned() throws Exception {
        assertEquals("top-pop", servedRecommender());
        assertEquals(0, learn(), run.errors::toString);
        assertEquals("session", servedRecommender());
        assertTrue(run.errors.toString().contains("stage 2 of 2: session"), run.errors::toString);
        assertTrue(
                run.output.toString().matches("(?s).*\\nsession +0\\.\\d{4} .* in place\\n.*"), run.output::toString);
        int[] top = Catalog.load(new CatalogFiles(
                        folder.resolve("tracks.json"), null, null, folder.resolve("top_tracks.json"), null))
                .topTracks();
        assertEquals(300, top.length);
        assertTrue(Files.notExists(folder.resolve(".learning-top_tracks.json")), "nothing is left over");
    }

    @Test
    void importedHistoryIsLearnedAndServedByItsOwnIds() throws Exception {
        List<String> rows = new ArrayList<>(List.of("user_id,track_uri,artist,title,ms_played,duration_ms,ts"));
        try (Stream<String> lines = Files.lines(world.resolve("log.json"))) {
            lines.map(JSON::readTree)
                    .map(event -> "anna %d,spotify:track:%d,,Title,%d,200000,%d"
                            .formatted(
                                    event.get("user").asInt(),
                                    event.get("track").asInt(),
                                    Math.round(200_000 * event.get("time").asDouble()),
                                    event.get("timestamp").asLong()))
                    .forEach(rows::add);
        }
        Path csv = Files.write(folder.resolve("plays.csv"), rows);
        Path music = folder.resolve("music");
        assertEquals(0, run.of(List.of("import", "" + csv, "--out", "" + music)), run.errors::toString);
        config = music.resolve("config.json");
        var learned = new CommandRun();
        assertEquals(
                0, learned.of(List.of("learn", "--config", "" + config)), () -> "" + learned.output + learned.errors);
        try (SegueServer server = CommandRun.serve(config)) {
            HttpRequest request = HttpRequest.newBuilder(
                            server.uri().resolve("/next_track?user=anna+5&track=spotify:track:7&time=1&explain=true"))
                    .build();
            JsonNode response = JSON.readTree(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body());
            assertTrue(response.get("track").asString().startsWith("spotify:track:"), response::toString);
            assertEquals(
                    "session", response.get("explanation").get("recommender").asString());
        }
    }

    @Test
    void embeddingModelsGetCatalogsAndLists() throws IOException {
        config = Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_METADATA": "tracks.json", "TRACKS_CATALOG": "tracks_with_recs.json",
                 "TRACKS_CATALOG_NN": "new.json", "RECOMMENDATIONS_FILE_PATH": "lists.json", "DATA_LOG_FILE": "log.json",
                 "recommenders": {"new": {"type": "new", "fallback": ["random"]}, "random": {"type": "random"}},
                 "experiments": [{"name": "E", "arms": {"C": "new"}, "serves": true}]}
                """);
        Files.writeString(
                folder.resolve("new.json"), "{\"track\":0,\"artist\":\"\",\"title\":\"\",\"recommendations\":[1]}\n");
        Files.writeString(folder.resolve("lists.json"), "{\"user\":1,\"tracks\":[1]}\n");
        assertEquals(0, learn("--format", "json"), run.errors::toString);
        JsonNode stage = run.json().get(0);
        assertEquals("new", stage.get("stage").asString());
        assertTrue(stage.get("better_than_mean").asBoolean(), stage.toString());
        assertTrue(stage.get("refusal").isNull(), stage.toString());
        Catalog catalog = Catalog.load(new CatalogFiles(
                folder.resolve("new.json"), null, folder.resolve("tracks.json"), null, folder.resolve("lists.json")));
        assertTrue(catalog.counts().neighbours().filled() > 250, catalog.counts()::toString);
        assertEquals(60, catalog.listenerLists().rows());
        assertTrue(Files.exists(folder.resolve("models/new/model.json")));
        assertTrue(Files.readString(folder.resolve("new.json.origin.json")).contains("PREVIOUS"));
    }

    @Test
    void aWorseModelIsRefusedUnlessForced() throws IOException {
        assertEquals(0, learn(), run.errors::toString);
        byte[] present = Files.readAllBytes(model.resolve("track.npy"));
        keepLines(3000);
        var again = new CommandRun();
        assertEquals(1, again.of(List.of("learn", "--config", "" + config)), again.errors::toString);
        assertTrue(
                again.output.toString().contains("refused: it is significantly worse than the present model"),
                again.output::toString);
        assertArrayEquals(present, Files.readAllBytes(model.resolve("track.npy")));
        var forced = new CommandRun();
        assertEquals(0, forced.of(List.of("learn", "--config", "" + config, "--force")), forced.errors::toString);
        assertNotEquals(present.length + " " + Arrays.hashCode(present), hash(model.resolve("track.npy")));
        assertArrayEquals(present, Files.readAllBytes(folder.resolve("models/session.previous/track.npy")));
    }

    private static String hash(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return bytes.length + " " + Arrays.hashCode(bytes);
    }

    @Test
    void catalogsThatLoseMostTracksAreRefused() throws IOException {
        keepLines(3000);
        List<String> few = new ArrayList<>();
        for (int listener = 0; listener < 150; listener++) {
            few.add(
                    "{\"message\":\"next\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":1,\"latency\":0,\"recommendation\":2}"
                            .formatted(1_795_400_000_000L + listener, listener, listener % 3));
        }
        Files.write(folder.resolve("log.json"), few);
        String before = Files.readString(folder.resolve("top_tracks.json"));
        config = Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "\"session\": {\"type\": \"session\", \"model\": \"models/session\", \"optional\": true, \"fallback\": [\"top-pop\"]},",
                                "")
                        .replace("\"C\": \"session\"", "\"C\": \"top-pop\""));
        assertEquals(1, learn(), run.errors::toString);
        assertTrue(
                run.output
                        .toString()
                        .contains("refused: the new catalogs differ too much from the present ones: TOP_TRACKS"),
                run.output::toString);
        assertEquals(before, Files.readString(folder.resolve("top_tracks.json")));
    }

    @Test
    void aStoppedLearningContinuesAndHasTheSameResult() throws IOException {
        var sweeps = new AtomicInteger();
        assertTrue(learning(sweeps)
                .run(() -> sweeps.get() > SessionTraining.sweeps(1))
                .isEmpty());
        assertTrue(Files.notExists(model));
        int first = sweeps.get();
        learnAll(sweeps);
        int second = sweeps.get() - first;
        byte[] continued = Files.readAllBytes(model.resolve("track.npy"));
        remove(model);
        sweeps.set(0);
        learnAll(sweeps);
        assertTrue(second < sweeps.get(), "stages that were complete are not trained again");
        assertArrayEquals(continued, Files.readAllBytes(model.resolve("track.npy")));
    }

    private void learnAll(AtomicInteger sweeps) {
        Learning learning = learning(sweeps);
        learning.publish(learning.run(() -> false).orElseThrow());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private Learning learning(AtomicInteger sweeps) {
        var log = new Learning.Log() {
            @Override
            public <R> R read(String task, BiFunction<EventReader, LongConsumer, R> reading) {
                try (EventReader events =
                        EventLogs.find(List.of("" + folder.resolve("log.json"))).open()) {
                    return reading.apply(events, bytes -> {});
                }
            }
        };
        var watcher = new Learning.Watcher() {
            @Override
            public void stage(int number, int of, String name) {}

            @Override
            public void row(int epoch, long row, long of) {}

            @Override
            public void epoch(Epoch epoch) {}

            @Override
            public void warning(String message) {}

            @Override
            public void sweepEnded(int stage, int sweep) {
                sweeps.incrementAndGet();
            }
        };
        return new Learning(
                Configuration.load(config, Map.of(), Map.of()),
                log,
                SessionRule.DEFAULT,
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                watcher);
    }

    @Test
    void tracksWithoutPlaysGetNeighboursByContentAndKeepTheirFields() throws IOException {
        List<String> rows = new ArrayList<>(Files.readAllLines(folder.resolve("tracks_with_recs.json")));
        for (int track : new int[] {300, 301}) {
            rows.add("{\"track\":%d,\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[]}".formatted(track));
        }
        rows.replaceAll(row -> row.replace(",\"title\"", ",\"tags\":[\"t\"],\"title\""));
        Path catalog = Files.write(folder.resolve("tracks_with_recs.json"), rows);
        configure(", \"contextual\": {\"type\": \"contextual\", \"fallback\": [\"top-pop\"]}");
        assertEquals(0, learn("--content", "--cold-share", "0.2", "--force"), run.errors::toString);
        var lists = Catalog.load(CatalogFiles.of(catalog)).neighbours();
        assertEquals(50, lists.size(lists.row(300)));
        assertTrue(Files.readAllLines(catalog)
                .get(300)
                .startsWith("{\"track\":300,\"artist\":\"A\",\"tags\":[\"t\"],\"title\":\"T\",\"recommendations\":["));
        boolean isReachable = false;
        for (int track = 0; track < 300; track++) {
            int row = lists.row(track);
            for (int i = 0; i < lists.size(row); i++) {
                isReachable |= lists.get(row, i) == 300;
            }
        }
        assertTrue(isReachable, "the cold track is in a list");
    }

    @Test
    void contentWithoutNeighboursThatAreLearnedIsRefused() {
        assertEquals(1, learn("--content"));
        assertTrue(
                run.errors
                        .toString()
                        .contains("add a recommender of type contextual or new, or use segue content-neighbours"),
                run.errors::toString);
    }

    @Test
    void aRunningServerReloads() throws Exception {
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(
                    0,
                    learn("--log", "" + world.resolve("log.json"), "--reload", "" + server.uri()),
                    run.errors::toString);
            assertTrue(run.errors.toString().contains(" serves generation "), run.errors::toString);
            String ready = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.uri().resolve("/health/ready"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            String generation = JSON.readTree(ready).get("generation").asString();
            assertTrue(run.errors.toString().contains("generation " + generation), run.errors::toString);
        }
    }

    @Test
    void aServerWithATokenReloadsToo() throws Exception {
        Files.writeString(
                config,
                Files.readString(config).replaceFirst("\\{", "{\"admin\": {\"token\": \"0123456789abcdef\"}, "));
        try (SegueServer server = CommandRun.serve(config)) {
            assertEquals(
                    0,
                    learn("--log", "" + world.resolve("log.json"), "--reload", "" + server.uri()),
                    run.errors::toString);
            assertTrue(run.errors.toString().contains(" serves generation "), run.errors::toString);
        }
    }

    @Test
    void aServerThatDoesNotRespondIsReported() {
        assertEquals(1, learn("--reload", "http://127.0.0.1:1"));
        assertTrue(
                run.errors
                        .toString()
                        .contains("the files are in place, but http://127.0.0.1:1/admin/reload does not reload them"),
                run.errors::toString);
        assertTrue(Files.exists(model.resolve("model.json")));
    }

    @Test
    void theFormerFilesAreInPlaceAgainIfAServerRefusesTheNewOnes() throws Exception {
        Path topTracks = Files.writeString(folder.resolve("top_tracks.json"), "[1,2,3]");
        byte[] detail = "{\"detail\":\"recent requests fail\"}".getBytes(StandardCharsets.UTF_8);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/admin/reload", exchange -> {
            assertNotEquals("[1,2,3]", Files.readString(topTracks), "the server loads the new files");
            exchange.sendResponseHeaders(409, detail.length);
            exchange.getResponseBody().write(detail);
            exchange.close();
        });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort();
            assertEquals(1, learn("--force", "--reload", uri));
            assertTrue(
                    run.errors
                            .toString()
                            .contains(
                                    "responds 409: recent requests fail; the former files are in place again, and the same command"
                                            + " with --force serves the new ones"),
                    run.errors::toString);
        } finally {
            server.stop(0);
        }
        assertEquals("[1,2,3]", Files.readString(topTracks));
        assertFalse(Files.exists(model), "there was none before");
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".former-")));
        }
        assertTrue(Files.exists(folder.resolve(".learning-top_tracks.json")), "the new files stay prepared");
    }

    @Test
    void scoresAreReplacedWithTheirNeighboursAndPutBackWithThem() throws IOException {
        Path neighbours = Files.writeString(folder.resolve("new.npy"), "former");
        Path scores = Files.writeString(folder.resolve("new.scores.npy"), "of the former");
        Path others = Files.writeString(folder.resolve("model.scores.npy"), "of model.npy");
        Path learned = Files.writeString(folder.resolve("model"), "former");
        Files.writeString(folder.resolve(".learning-new.npy"), "new");
        Files.writeString(folder.resolve(".learning-model"), "new");
        var stages = List.of(new LearnedStage("new", List.of(neighbours, learned), Double.NaN, null, null, null));
        Learning learning = learning(new AtomicInteger());
        FormerFiles former = learning.keepFormer(stages);
        learning.publish(stages);
        assertEquals("new", Files.readString(neighbours));
        assertEquals("new", Files.readString(learned));
        assertFalse(Files.exists(scores));
        assertEquals("of model.npy", Files.readString(others));
        former.putBack();
        former.discard();
        assertEquals("former", Files.readString(neighbours));
        assertEquals("of the former", Files.readString(scores));
    }

    @Test
    void aConfigurationWithoutALogIsReported() throws IOException {
        Files.delete(folder.resolve("log.json"));
        assertEquals(1, learn());
        run.assertOneLineOfError("segue learn: there is no log: " + folder.resolve("log.json") + " does not exist");
    }

    @Test
    void aConfigurationWithNothingToLearnIsReported() throws IOException {
        config = Files.writeString(
                folder.resolve("config.json"),
                "{\"TRACKS_CATALOG\":\"tracks.json\",\"DATA_LOG_FILE\":\"log.json\",\"recommenders\":{\"random\":{\"type\":\"random\"}},"
                        + "\"experiments\":[{\"name\":\"E\",\"arms\":{\"C\":\"random\"},\"serves\":true}]}");
        assertEquals(1, learn());
        run.assertOneLineOfError(
                "names nothing that can be learned: add TOP_TRACKS_CATALOG, or a recommender of type session");
    }

    @Test
    void aModelThatIsNotOptionalMustExist() throws IOException {
        config = Files.writeString(config, Files.readString(config).replace(", \"optional\": true", ""));
        assertEquals(1, learn());
        run.assertOneLineOfError("no such folder " + model);
    }
}
