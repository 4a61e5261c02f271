package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventReader;
import dev.segue.http.SegueServer;
import dev.segue.play.Event;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReplayCommandTest {

    private static final Path BOTIFY_LOGS = Path.of("../shared/data/botify-logs-2025");

    @TempDir
    private static Path world;

    @TempDir
    private Path directory;

    private final CommandRun run = new CommandRun();
    private Path recorded;
    private Path config;

    @BeforeAll
    static void makeWorld() {
        CommandRun.makeWorld(world, 500, 50);
    }

    @BeforeEach
    void recordSessions() throws IOException {
        config = CommandRun.configure(world, directory);
        recorded = directory.resolve("recorded.json.gz");
        String[] arguments = {"--config", config.toString(), "--sessions", "200", "--log", recorded.toString()};
        assertEquals(0, new CommandRun().of(List.of("simulate", "--world", world.toString()), arguments));
    }

    @Test
    void recommendersOfTheLogAgreeWithAllOfIt() {
        assertEquals(0, replay("--format", "JSON"), run.errors::toString);
        JsonNode figures = run.json().get("replay");
        assertEquals(events(recorded).size(), figures.get("events").intValue());
        assertEquals(200, figures.get("sessions").intValue());
        assertEquals(events(recorded).size() - 200, figures.get("pairs").intValue());
        assertEquals(1.0, figures.get("recorded_continuity").doubleValue());
        assertEquals(1.0, figures.get("continuity").doubleValue());
        assertEquals(1.0, figures.get("hit_rate").doubleValue());
        assertEquals(1.0, figures.get("mrr").doubleValue());
        assertEquals(events(recorded).size(), figures.get("requests").intValue());
        JsonNode arms = run.json().at("/arms/0");
        assertEquals("NEXT_TRACK", arms.get("experiment").asString());
        assertTrue(arms.get("listeners").intValue() > 40);
        assertEquals(arms.get("listeners"), arms.get("agreeing"));
    }

    @Test
    void anotherSeedDrawsOtherTracksFromTheSameRankings() throws IOException {
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"seed\":99,"));
        assertEquals(0, replay("--format", "JSON"), run.errors::toString);
        JsonNode figures = run.json().get("replay");
        assertEquals(1.0, figures.get("recorded_continuity").doubleValue());
        assertTrue(figures.get("continuity").doubleValue() < 0.2);
        assertTrue(figures.get("hit_rate").doubleValue() > 0.9);
        assertTrue(figures.get("mrr").doubleValue() < 0.5);
    }

    @Test
    void aServerReceivesEveryRequestAndHasTheFiguresOfAReplayInProcess() throws IOException {
        replay("--format", "JSON");
        JsonNode inProcess = run.json().get("replay");
        var overHttp = new CommandRun();
        try (SegueServer server = segue()) {
            assertEquals(
                    0,
                    replay(overHttp, "--format", "JSON", "--url", server.uri().toString()));
        }
        JsonNode figures = overHttp.json().get("replay");
        for (String name : List.of("events", "sessions", "pairs", "requests", "continuity", "hit_rate", "mrr")) {
            assertEquals(inProcess.get(name).doubleValue(), figures.get(name).doubleValue(), 1e-12, name);
        }
        assertEquals(overHttp.json().at("/arms/0/listeners"), overHttp.json().at("/arms/0/agreeing"));
        assertEquals(
                events(recorded).size(), events(directory.resolve("log.json")).size());
    }

    @Test
    void listenersRequestsKeepTheirOrder() throws IOException {
        try (SegueServer server = segue()) {
            replay("--concurrency", "32", "--url", server.uri().toString());
        }
        assertEquals(tracks(events(recorded), "7"), tracks(events(directory.resolve("log.json")), "7"));
    }

    private static List<String> tracks(List<Event> events, String listener) {
        return events.stream()
                .filter(event -> event.listener().text().equals(listener))
                .map(event -> event.message() + " " + event.playback())
                .toList();
    }

    @Test
    void aServerWithOnlyTheBotifyProtocolGetsRequestsForOneTrack() throws IOException {
        try (var server = new BadServer(200, "{\"track\":7}", 0)) {
            server.setStatusOfUnknown(501);
            assertEquals(0, replay("--format", "JSON", "--url", server.url()), run.errors::toString);
        }
        assertEquals(List.of("replay", "arms"), List.copyOf(run.json().propertyNames()));
        JsonNode figures = run.json().get("replay");
        assertEquals(figures.get("continuity"), figures.get("hit_rate"));
        assertEquals(0, figures.get("not_sent").intValue());
        assertEquals("false", run.json().at("/arms/0/known").asString());
    }

    @Test
    void eventsWithoutARequestInTheBotifyProtocolAreCountedAndNotSent() throws IOException {
        Files.writeString(directory.resolve("starts.json"), """
                {"message":"start","timestamp":1000,"user":1,"latency":0,"recommendation":7,"experiments":{},"v":1,"session":1,"seq":1}
                {"message":"last","timestamp":1001,"user":1,"track":7,"time":0.5,"latency":0,"experiments":{},"v":1,"session":1,"seq":2}
                """);
        try (var server = new BadServer(200, "{\"track\":7}", 0)) {
            assertEquals(0, replayOf("starts.json", "--format", "JSON", "--url", server.url()), run.errors::toString);
        }
        assertEquals(1, run.json().at("/replay/not_sent").intValue());
        assertEquals(1, run.json().at("/replay/requests").intValue());
    }

    /** The sessions of listeners without a form in paths could not be ended. */
    @Test
    void listenersWithoutAFormInPathsAreReportedAndTheOthersSent() throws IOException {
        Files.writeString(
                directory.resolve("strings.json"),
                Stream.of("\"anna\"", "\"a/b\"", "\"007\"", "12", "\"%\"")
                        .flatMap(user -> Stream.of(botify(1000), last(2000))
                                .map(line -> line.replace("\"user\":1", "\"user\":" + user)))
                        .sorted(Comparator.comparing(line -> line.contains("last")))
                        .collect(Collectors.joining()));
        try (SegueServer server = segue()) {
            assertEquals(0, replayOf("strings.json", "--url", server.uri().toString()), run.errors::toString);
        }
        String text = run.output.toString();
        assertTrue(text.contains("10 events, 5 sessions, 4 requests in "), text);
        assertTrue(text.contains("6 events not sent: the path /last/{user} cannot name such a listener"), text);
        assertTrue(text.contains("of 4 listeners agree; 1 not compared: a URL cannot name"), text);
        assertEquals(
                Set.of("anna", "12"),
                events(directory.resolve("log.json")).stream()
                        .map(event -> event.listener().text())
                        .collect(Collectors.toSet()));
    }

    private static String last(long timestamp) {
        return String.format(
                Locale.ROOT,
                "{\"message\":\"last\",\"timestamp\":%d,\"user\":1,\"track\":2,\"time\":1,\"latency\":0,\"experiments\":{\"NEXT_TRACK\":\"C\"}}%n",
                timestamp);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"503|{}|server_error", "400|{}|client_error", "200|no JSON|garbage", "200|{\"user\":1}|garbage"})
    void failedRequestsChangeTheExitCode(int status, String body, String kind) throws IOException {
        try (var server = new BadServer(status, body, 0)) {
            assertEquals(1, replay("--limit", "100", "--format", "JSON", "--url", server.url()));
        }
        long requested = events(recorded).stream()
                .limit(100)
                .filter(event -> event.message() != Event.Message.LAST)
                .count();
        assertEquals(requested, run.json().at("/replay/failed_" + kind).intValue());
        assertEquals(100, run.json().at("/replay/events").intValue());
        assertEquals(0, run.json().at("/replay/pairs").intValue());
    }

    @Test
    void figuresAreKeptIfRequestsForArmsFail() throws IOException {
        try (var server = new BadServer(200, "{\"track\":7}", 0)) {
            server.addExperiment("NEXT_TRACK");
            assertEquals(1, replay("--url", server.url(), "--k", "1"));
        }
        String text = run.output.toString();
        assertTrue(text.contains("failed requests: 0"), text);
        assertTrue(
                text.matches("(?s).*arms of NEXT_TRACK: 0 of 0 listeners agree; [0-9]+ not compared: GET /exp.*"),
                text);
    }

    @Test
    void aServerThatStopsRespondingEndsTheReplayAndKeepsTheFiguresSoFar() throws IOException {
        try (var server = new BadServer(200, "{\"track\":7}", 0)) {
            server.afterRequests(200, server::stop);
            assertEquals(1, replay("--url", server.url(), "--concurrency", "4"));
        }
        assertTrue(run.output.toString().contains("ended early: the server stopped responding"), run.output::toString);
    }

    @Test
    void originalTimingTakesTheRecordedTime() throws IOException {
        writeSlowLog(4, 100);
        assertEquals(0, replayOf("slow.json", "--speed", "1", "--format", "JSON"));
        assertTrue(run.json().at("/replay/seconds").doubleValue() >= 0.3);
    }

    /** Four recorded hours take 0.4 s at 36,000 times the speed. */
    @Test
    @Timeout(600)
    void timingIsCompressedBySpeed() throws IOException {
        writeSlowLog(5, 3_600_000);
        assertEquals(0, replayOf("slow.json", "--speed", "36000", "--format", "JSON"));
        assertTrue(run.json().at("/replay/seconds").doubleValue() >= 0.4);
    }

    private void writeSlowLog(int events, int millisApart) throws IOException {
        Files.writeString(
                directory.resolve("slow.json"),
                IntStream.range(0, events)
                        .mapToObj(i -> botify(1000 + (long) millisApart * i))
                        .collect(Collectors.joining()));
    }

    private static String botify(long timestamp) {
        return String.format(
                Locale.ROOT,
                "{\"message\":\"next\",\"timestamp\":%d,\"user\":1,\"track\":2,\"time\":1,\"latency\":0,\"recommendation\":5,\"experiments\":{}}%n",
                timestamp);
    }

    @Test
    void logsOfTenServersAreReplayedCompletely() {
        Assumptions.assumeTrue(Files.isDirectory(BOTIFY_LOGS));
        assertEquals(0, replayOf(BOTIFY_LOGS.toAbsolutePath().toString(), "--k", "10", "--format", "JSON"));
        JsonNode figures = run.json().get("replay");
        assertEquals(173_859, figures.get("requests").intValue());
        assertEquals(20_000, figures.get("sessions").intValue());
        assertEquals(153_859, figures.get("pairs").intValue());
        assertEquals(1.0, figures.get("recorded_continuity").doubleValue());
    }

    @Test
    void aBadLineIsReportedWithItsPlace() throws IOException {
        Files.writeString(directory.resolve("bad.json"), botify(1000) + "{\"message\":\"what\"}\n");
        assertEquals(1, replayOf("bad.json", "--format", "JSON"));
        assertEquals(1, run.errors.toString().lines().count(), run.errors.toString());
        assertTrue(run.errors.toString().contains("bad.json:2: \"message\" is"), run.errors.toString());
        assertEquals(1, run.json().at("/replay/requests").intValue(), "earlier events are sent");
    }

    @Test
    void aTruncatedLogIsReplayedUpToItsEnd() throws IOException {
        byte[] whole = Files.readAllBytes(recorded);
        Files.write(directory.resolve("cut.json.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertEquals(1, replayOf("cut.json.gz", "--format", "JSON"));
        assertTrue(run.errors.toString().contains("cut.json.gz:"), run.errors.toString());
        assertTrue(run.json().at("/replay/requests").intValue() > 100, run.output.toString());
    }

    @Test
    void aTornLastLineIsCounted() throws IOException {
        Files.writeString(
                directory.resolve("torn.json"), botify(1000) + botify(1001).substring(0, 30));
        assertEquals(0, replayOf("torn.json"));
        assertTrue(run.output.toString().contains("\n1 last lines cut short, skipped\n"), run.output.toString());
    }

    @Test
    void repeatedEventsAreSentOnce() throws IOException {
        Files.writeString(directory.resolve("twice.json"), botify(1000) + botify(1001) + botify(1000) + botify(1001));
        assertEquals(0, replayOf("twice.json", "--format", "JSON"));
        assertEquals(2, run.json().at("/replay/events").intValue());
        assertEquals(2, run.json().at("/replay/repeated").intValue());
    }

    @Test
    void silenceEndsASessionAndItsPairs() throws IOException {
        Files.writeString(directory.resolve("silent.json"), botify(1000) + botify(1001) + botify(3_600_000));
        assertEquals(0, replayOf("silent.json", "--format", "JSON"));
        assertEquals(1, run.json().at("/replay/sessions").intValue());
        assertEquals(1, run.json().at("/replay/pairs").intValue());
        var patient = new CommandRun();
        assertEquals(
                0,
                patient.of(
                        List.of("replay", "--config", "" + config, "--log", "" + directory.resolve("silent.json")),
                        "--format",
                        "JSON",
                        "--session-timeout",
                        "60"));
        assertEquals(0, patient.json().at("/replay/sessions").intValue());
        assertEquals(2, patient.json().at("/replay/pairs").intValue());
    }

    @Test
    void unknownArmsAndListenersInTwoArmsAreReported() throws IOException {
        String arm = botify(1000).replace("\"experiments\":{}", "\"experiments\":{\"NEXT_TRACK\":\"%s\"}");
        assertTrue(arm.contains("NEXT_TRACK"), arm);
        Files.writeString(
                directory.resolve("arms.json"),
                arm.formatted("B")
                        + arm.replaceFirst("\"user\":[^,]+", "\"user\":77").formatted("C")
                        + arm.replaceFirst("\"user\":[^,]+", "\"user\":77")
                                .replace("1000", "1001")
                                .formatted("T1"));
        assertEquals(0, replayOf("arms.json"));
        assertTrue(
                run.output.toString().contains("the log has B, which the server does not: rename an arm"),
                run.output::toString);
        assertTrue(run.output.toString().contains("1 listeners in two arms, left out"), run.output::toString);
    }

    @Test
    void csvHasATableOfTheReplayAndOneOfTheArms() {
        assertEquals(0, replay("--format", "CSV"));
        List<String> lines = run.output.toString().lines().toList();
        assertEquals(5, lines.size(), run.output.toString());
        assertTrue(lines.get(0).startsWith("events,sessions,not_sent,repeated,torn_lines,pairs,"), lines.get(0));
        assertTrue(lines.get(1).startsWith(events(recorded).size() + ",200,0,0,0,"), lines.get(1));
        assertEquals("", lines.get(2));
        assertEquals("experiment,known,listeners,compared,agreeing,in_two_arms,unknown_arms,failure", lines.get(3));
        assertTrue(lines.get(4).startsWith("NEXT_TRACK,true,"), lines.get(4));
    }

    @ParameterizedTest
    @CsvSource({
        "--speed, 0, '''0'' is neither a multiple of the recorded speed nor max'",
        "--speed, fast, '''fast'' is neither'",
        "--k, 0, --k must be 1 to 1000",
        "--k, 1001, --k must be 1 to 1000",
        "--concurrency, 0, must be 1 or more",
        "--limit, 0, must be 1 or more"
    })
    void wrongArgumentsAreReportedInOneLine(String option, String value, String message) {
        assertEquals(2, replay(option, value));
        run.assertOneLineOfError(message);
    }

    @Test
    void missingServerAndMissingLogAreReportedInOneLine() throws IOException {
        try (Socket silent = CommandRun.silentPort()) {
            assertEquals(1, replay("--url", "http://localhost:" + silent.getLocalPort()));
            run.assertOneLineOfError("localhost:" + silent.getLocalPort());
        }
        var other = new CommandRun();
        assertEquals(1, other.of(List.of("replay", "--log", "no-such-log.json")));
        other.assertOneLineOfError("there is no log no-such-log.json");
    }

    private SegueServer segue() {
        return CommandRun.serve(config);
    }

    private int replay(String... arguments) {
        return replay(run, arguments);
    }

    private int replay(CommandRun in, String... arguments) {
        return in.of(List.of("replay", "--config", config.toString(), "--log", recorded.toString()), arguments);
    }

    private int replayOf(String log, String... arguments) {
        return run.of(
                List.of(
                        "replay",
                        "--config",
                        config.toString(),
                        "--log",
                        directory.resolve(log).toString()),
                arguments);
    }

    private static List<Event> events(Path log) {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = EventReader.open(log)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }
}
