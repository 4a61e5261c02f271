package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventReader;
import dev.segue.http.SegueServer;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SimulateOverHttpTest {

    @TempDir
    private static Path world;

    private final CommandRun run = new CommandRun();

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeWorld() {
        CommandRun.makeWorld(world, 500, 50);
    }

    @ParameterizedTest
    @CsvSource({"closed loop, --concurrency 8", "open loop, --rate 3000/s"})
    void everyRequestIsCountedAndInTheServersLog(String name, String load) throws IOException {
        JsonNode figures = loadSegue("--sessions 150 --oracle " + load);
        assertEquals(150, figures.at("/load/sessions").intValue(), name);
        assertEquals("C", figures.at("/arms/0/arm").asString());
        assertEquals("T1", figures.at("/arms/1/arm").asString());
        assertEquals(
                150,
                figures.at("/arms/0/sessions").intValue()
                        + figures.at("/arms/1/sessions").intValue());
        assertTrue(figures.at("/arms/0/percent_of_oracle").doubleValue() > 1);
        assertTrue(figures.at("/load/p50_us").doubleValue() > 0);
        assertTrue(figures.at("/load/max_us").doubleValue()
                >= figures.at("/load/p99.9_us").doubleValue());
        List<Event> events = events();
        assertEquals(figures.at("/load/requests").intValue(), events.size());
        assertEquals(150, ends(events));
    }

    @Test
    void warmUpIsPlayedButNotCounted() throws IOException {
        JsonNode figures = loadSegue("--sessions 100 --warm-up 60 --concurrency 4");
        assertEquals(100, figures.at("/load/sessions").intValue());
        List<Event> events = events();
        assertEquals(160, ends(events));
        assertTrue(figures.at("/load/requests").intValue() < events.size());
    }

    /** The server would treat two concurrent sessions of a listener as one, and then begin another. */
    @ParameterizedTest
    @ValueSource(strings = {"--concurrency 32", "--concurrency 32 --rate 20000/s"})
    void listenerHasOneSessionAtATime(String load) throws IOException {
        loadSegue("--sessions 400 " + load);
        for (Event event : events()) {
            if (event.sequence() == 1) {
                assertEquals(1.0, Objects.requireNonNull(event.playback()).time(), "a session's first track");
            }
        }
    }

    private JsonNode loadSegue(String arguments) throws IOException {
        try (SegueServer server = segue()) {
            assertEquals(
                    0,
                    simulate(server.uri().toString(), (arguments + " --timeout-ms 60000 --format JSON").split(" ")),
                    run.errors::toString);
        }
        return run.json();
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = EventReader.open(directory.resolve("log.json"))) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private static long ends(List<Event> events) {
        return events.stream().filter(event -> event.message() == Message.LAST).count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|this is no JSON|garbage",
                "200|{\"user\":1}|garbage",
                "200|{\"user\":1,\"track\":-5}|garbage",
                "200|{\"user\":1,\"track\":500}|garbage",
                "400|{\"detail\":\"no\"}|client_error",
                "503|{\"detail\":\"busy\"}|server_error"
            })
    void failedRequestsAreCountedByKindAndChangeTheExitCode(int status, String body, String kind) throws IOException {
        try (var bad = new BadServer(status, body, 0)) {
            assertEquals(1, simulate(bad.url(), "--sessions", "20", "--concurrency", "2", "--format", "JSON"));
        }
        JsonNode load = run.json().get("load");
        assertEquals(20, load.get("failed_" + kind).intValue(), load.toString());
        assertEquals(20, load.get("requests").intValue(), load.toString());
        assertTrue(load.get("p50_us").isNull(), load.toString());
        assertEquals(0, load.get("sessions").intValue());
        assertTrue(run.errors.toString().startsWith("  "), "messages of failures are on standard error");
    }

    /** The Botify protocol has no requests for experiments. */
    @Test
    void serverWithOnlyTheBotifyProtocolIsSimulated() throws IOException {
        try (var server = new BadServer(200, "{\"track\":1}", 0)) {
            server.setStatusOfUnknown(501);
            assertEquals(0, simulate(server.url(), "--sessions", "20"), run.errors::toString);
        }
        assertTrue(run.output.toString().contains("\nserver "), run.output.toString());
    }

    @Test
    void failedRequestsOfTheWarmUpAreCounted() throws IOException {
        try (var bad = new BadServer(503, "{}", 0)) {
            String[] arguments = "--sessions 3 --warm-up 7 --concurrency 1 --format JSON".split(" ");
            assertEquals(1, simulate(bad.url(), arguments));
        }
        assertEquals(10, run.json().at("/load/failed_server_error").intValue());
    }

    /** One connection, 50 ms per response, and a hundred times its capacity: requests queue. */
    @Test
    void latencyInAnOpenLoopCountsFromTheIntendedStart() throws IOException {
        try (var slow = new BadServer(200, "{\"track\":1}", 50)) {
            simulate(slow.url(), "--sessions 10 --concurrency 1 --rate 2000/s --format JSON".split(" "));
        }
        JsonNode load = run.json().get("load");
        assertEquals(0, load.get("failed_timeout").intValue());
        assertTrue(load.get("p50_us").doubleValue() > 200_000, load.toString());
    }

    /** A slow machine may not reach the rate, but requests are not sent before they are due. */
    @Test
    void openLoopIsNotFasterThanItsRate() throws IOException {
        try (var server = new BadServer(200, "{\"track\":1}", 0)) {
            simulate(server.url(), "--sessions 40 --concurrency 16 --rate 100/s --format JSON".split(" "));
        }
        double rate = run.json().at("/load/requests_per_second").doubleValue();
        assertTrue(rate > 0 && rate < 150, "100 requests per second were requested, not " + rate);
    }

    @Test
    void csvHasATableOfTheArmsAndOneOfTheLoad() throws IOException {
        try (var server = new BadServer(200, "{\"track\":1}", 0)) {
            assertEquals(0, simulate(server.url(), "--sessions", "10", "--format", "CSV"));
        }
        List<String> lines = run.output.toString().lines().toList();
        assertEquals(5, lines.size(), run.output.toString());
        assertTrue(lines.get(1).startsWith("server,"), lines.get(1));
        assertEquals("", lines.get(2));
        assertTrue(lines.get(3).startsWith("sessions,"), lines.get(3));
        assertTrue(lines.get(4).startsWith("10,"), lines.get(4));
    }

    @Test
    void silentServerTimesOut() throws IOException {
        try (var bad = new BadServer(200, "{\"track\":1}", BadServer.NEVER)) {
            String[] arguments = "--sessions 2 --concurrency 2 --timeout-ms 100".split(" ");
            assertEquals(1, simulate(bad.url(), arguments));
        }
        String text = run.output.toString();
        assertTrue(text.contains("failed requests: 2, timeout 2"), text);
        assertTrue(text.contains("latency: no responses"), text);
    }

    @Test
    void serverThatStopsRespondingEndsTheRunAndKeepsTheFiguresSoFar() throws IOException {
        var closing = new AtomicInteger();
        try (var bad = new BadServer(200, "{\"track\":1}", 0)) {
            bad.afterRequests(200, () -> {
                if (closing.getAndIncrement() == 0) {
                    bad.stop();
                }
            });
            assertEquals(1, simulate(bad.url(), "--sessions", "100000", "--concurrency", "4"));
        }
        String text = run.output.toString();
        assertTrue(text.contains("ended early: the server stopped responding"), text);
        assertTrue(text.lines().anyMatch(line -> line.startsWith("(unknown) ")), text);
        assertTrue(text.contains("connection "), text);
    }

    @Test
    void figuresAreKeptIfRequestsForArmsFail() throws IOException {
        try (var bad = new BadServer(200, "{\"track\":1}", 0)) {
            bad.addExperiment("NEXT_TRACK");
            assertEquals(1, simulate(bad.url(), "--sessions", "20", "--format", "JSON"));
        }
        assertEquals(1, run.json().get("arms").size());
        assertEquals("(unknown)", run.json().at("/arms/0/arm").asString());
        assertEquals(20, run.json().at("/arms/0/sessions").intValue());
        assertEquals(20, run.json().at("/load/sessions").intValue());
        String text = run.errors.toString();
        assertTrue(text.contains("did not return all listeners' arms: GET /experiments/NEXT_TRACK/assignment"), text);
    }

    @Test
    void missingServerIsReportedInOneLine() throws IOException {
        try (Socket silent = CommandRun.silentPort()) {
            assertEquals(1, simulate("http://localhost:" + silent.getLocalPort()));
            run.assertOneLineOfError("localhost:" + silent.getLocalPort());
        }
    }

    @ParameterizedTest
    @CsvSource({"ftp://localhost:1", "localhost:5000", "https://localhost"})
    void invalidServerAddressIsRefused(String url) {
        assertEquals(1, simulate(url));
        assertTrue(run.errors.toString().contains("is not a server's address"), run.errors.toString());
    }

    private SegueServer segue() throws IOException {
        return CommandRun.serve(CommandRun.configure(world, directory));
    }

    private int simulate(String url, String... arguments) {
        return run.of(List.of("simulate", "--world", world.toString(), "--url", url), arguments);
    }
}
