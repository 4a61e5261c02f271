package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventReader;
import dev.segue.http.SegueServer;
import dev.segue.play.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatedDaysTest {

    private static final long DAY = 86_400_000;

    /** The time from a visit to the session's first event, in ms. */
    private static final long FIRST_TRACK_MILLIS = 200_500;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private static Path world;

    private final CommandRun run = new CommandRun();

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeWorld() {
        CommandRun.makeWorld(world, 500, 100);
    }

    @Test
    void sameSeedWritesTheSameLogOverDaysForAnyNumberOfThreads() throws IOException {
        Path one = directory.resolve("one.json");
        Path two = directory.resolve("two.json");
        String[] days = "--days 4 --new-tracks 0.1 --policy random,top-pop:50".split(" ");
        assertEquals(0, simulate(with(days, "--threads", "1", "--log", "" + one)));
        assertEquals(0, simulate(with(days, "--threads", "3", "--log", "" + two)));
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    }

    @Test
    void listenersReturnOnLaterDaysAndNewOnesArrive() {
        Path log = directory.resolve("log.json");
        assertEquals(0, simulate("--days", "4", "--new-listeners", "0.1", "--log", "" + log, "--format", "json"));
        Map<Long, Long> debut = new HashMap<>();
        Set<Long> returned = new HashSet<>();
        for (Event event : events(log)) {
            long visit = event.timestamp() - FIRST_TRACK_MILLIS; // for a listener's first event
            long day = (visit - START.toEpochMilli()) / DAY + 1;
            if (day > debut.computeIfAbsent(event.listener().key(), listener -> day)) {
                returned.add(event.listener().key());
            }
        }
        JsonNode days = run.json().get("days");
        assertEquals(4 * 3, days.size(), "a row for each day and arm");
        assertEquals("2026-01-04", days.get(9).get("date").asString());
        assertEquals(70, days.get(0).get("new_listeners").intValue());
        for (long day = 1; day <= 4; day++) {
            long first = day;
            long newListeners = debut.values().stream().filter(d -> d == first).count();
            assertEquals(days.get(3 * (int) (day - 1)).get("new_listeners").intValue(), newListeners, "day " + day);
        }
        assertTrue(returned.size() > 40, "returned: " + returned.size());
    }

    /** From its release, a track may start a session and may be recommended. */
    @Test
    void tracksArePlayedOnlyAfterTheirRelease() throws IOException {
        Path log = directory.resolve("log.json");
        Path released = directory.resolve("released.json");
        Path firstDay = directory.resolve("first.json");
        String night = "[ $SIMULATED_DAY != 1 ] || cp '" + released + "' '" + firstDay + "'";
        String[] arguments = {
            "--days", "2", "--new-tracks", "0.4", "--released", "" + released, "--each-night", night, "--log", "" + log
        };
        assertEquals(0, simulate(arguments));
        Set<Integer> old = tracks(firstDay);
        assertEquals(300, old.size());
        assertEquals(500, tracks(released).size(), "all tracks are released on the last day");
        int newTrackPlaybacks = 0;
        for (Event event : events(log)) {
            int track = event.playback() == null ? -1 : event.playback().track();
            if (event.timestamp() < START.toEpochMilli() + DAY) {
                assertTrue(old.contains(track), "track " + track + " is not released on day 1");
            } else if (!old.contains(track)) {
                newTrackPlaybacks++;
            }
        }
        assertTrue(newTrackPlaybacks > 50, "playbacks of new tracks: " + newTrackPlaybacks);
    }

    @Test
    void catalogsWrittenByTheCommandAreServedTheNextDay() throws IOException {
        Path copy = directory.resolve("world");
        Files.createDirectories(copy);
        for (String file : List.of("tracks.json", "tracks.npy", "users.json")) {
            Files.copy(world.resolve(file), copy.resolve(file));
        }
        Files.writeString(copy.resolve("top_tracks.json"), "[7]");
        Path log = directory.resolve("log.json");
        String night = "echo '[8]' > '" + copy.resolve("top_tracks.json") + "'";
        String[] arguments = {"--days", "2", "--policy", "top-pop", "--each-night", night, "--log", "" + log};
        assertEquals(0, run.of(List.of("simulate", "--world", "" + copy), arguments));
        Set<String> recommended = new HashSet<>();
        for (Event event : events(log)) {
            long midnight = START.toEpochMilli() + DAY;
            if (event.message() == Event.Message.NEXT && Math.abs(event.timestamp() - midnight) > 3_600_000) {
                recommended.add((event.timestamp() < midnight ? "day 1: " : "day 2: ")
                        + event.recommendation().track());
            }
        }
        assertEquals(Set.of("day 1: 7", "day 2: 8"), recommended);
    }

    @Test
    void failedCommandEndsTheRunAndKeepsTheDaysSoFar() {
        assertEquals(1, simulate("--days", "3", "--each-night", "echo training; exit 7", "--format", "json"));
        assertEquals(3, run.json().get("days").size(), "one day, three arms");
        assertTrue(run.errors.toString().startsWith("training\n"), run.errors.toString());
        assertTrue(
                run.errors.toString().contains("the command after day 1 ended with exit code 7: echo training"),
                run.errors.toString());
    }

    @Test
    void pauseWaitsForEnterBetweenDays() {
        InputStream standardInput = System.in;
        var keyboard = new ByteArrayInputStream("\n\nleft".getBytes(UTF_8));
        System.setIn(keyboard);
        try {
            assertEquals(0, simulate("--days", "3", "--pause"));
        } finally {
            System.setIn(standardInput);
        }
        assertEquals(4, keyboard.available(), "two pauses read one line each");
        assertTrue(run.errors.toString().contains("day 2 has ended; press Enter"), run.errors.toString());
    }

    @Test
    void daysCanBePlayedAgainstAServer() throws IOException {
        Path config = CommandRun.configure(world, directory);
        try (SegueServer server = CommandRun.serve(config)) {
            String[] arguments = "--days 3 --concurrency 4 --format json --url".split(" ");
            assertEquals(0, simulate(with(arguments, "" + server.uri())), run.errors::toString);
        }
        JsonNode days = run.json().get("days");
        assertEquals(6, days.size());
        int sessions = 0;
        for (JsonNode day : days) {
            sessions += day.get("sessions").intValue();
        }
        assertEquals(sessions, run.json().at("/load/sessions").intValue());
        assertEquals(
                run.json().at("/load/requests").intValue(),
                events(directory.resolve("log.json")).size());
    }

    @Test
    void defaultShareOfNewListenersIsSmallerForManyDays() {
        assertEquals(0, simulate("--days", "60", "--policy", "random", "--leave", "1", "--format", "json"));
        assertTrue(run.json().at("/days/0/new_listeners").intValue() >= 41, run.output.toString());
    }

    @ParameterizedTest
    @CsvSource({"--days 51", "--days 101 --new-tracks 0.005"})
    void halfOfASmallWorldArrivesOnTheFirstDay(String days) {
        Path small = directory.resolve("small");
        CommandRun.makeWorld(small, 100, 50);
        String[] arguments = (days + " --policy random --format json").split(" ");
        assertEquals(0, run.of(List.of("simulate", "--world", "" + small), arguments), run.errors::toString);
        JsonNode first = run.json().at("/days/0");
        assertEquals(25, first.get("new_listeners").intValue());
        assertTrue(first.get("sessions").intValue() >= 25, first.toString());
        assertTrue(first.get("tracks").intValue() >= 50, first.toString());
    }

    @Test
    void csvHasATableOfTheDaysAndOneOfTheArms() {
        assertEquals(0, simulate("--days", "2", "--policy", "random", "--format", "CSV"));
        List<String> lines = run.output.toString().lines().toList();
        assertEquals(6, lines.size(), run.output.toString());
        assertTrue(lines.get(0).startsWith("day,date,new_listeners,tracks,arm,"), lines.get(0));
        assertTrue(lines.get(2).startsWith("2,2026-01-02,"), lines.get(2));
        assertEquals("", lines.get(3));
        assertTrue(lines.get(4).startsWith("arm,listeners,"), lines.get(4));
        assertTrue(lines.get(5).startsWith("random,"), lines.get(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"--days 2 --return-hours 0|must be above 0 hours", "--days 2 --leave 2|must be between 0 and 1"})
    void invalidReturnModelsAreRefused(String arguments, String message) {
        assertEquals(1, simulate(arguments.split(" ")));
        run.assertOneLineOfError(message);
    }

    private static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
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

    private static Set<Integer> tracks(Path file) throws IOException {
        Set<Integer> tracks = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            tracks.add(JsonMapper.shared().readTree(line).get("track").intValue());
        }
        return tracks;
    }

    private int simulate(String... arguments) {
        return run.of(List.of("simulate", "--world", world.toString()), arguments);
    }
}
