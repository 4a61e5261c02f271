package dev.segue.event;

import static dev.segue.event.TestEvents.FULL;
import static dev.segue.event.TestEvents.drain;
import static dev.segue.event.TestEvents.errorMessage;
import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {

    private static final Path BOTIFY_LOGS = Path.of("../shared/data/botify-logs-2025");

    @TempDir
    private Path folder;

    @Test
    void botifysLinesAreRead() throws IOException {
        Path file = write("""
                {"message": "next", "timestamp": 1746994263928, "user": 9637, "track": 16917, "time": 1.0, \
                "latency": 1.0492801666259766e-03, "recommendation": 9163, "experiments": {"PERSONALIZED": "T1"}}
                {"recommendation": null, "experiments": {"PERSONALIZED": "C"}, "message": "last", "time": 0, "user": 301, \
                "timestamp": 1746994264099, "latency": 0.0003731250762939453, "track": 15404, "more": {"a": [1, {}]}}
                """);
        assertEquals(
                List.of(
                        botify(
                                Message.NEXT,
                                1746994263928L,
                                9637,
                                new Playback(16917, 1),
                                1.0492801666259766e-03,
                                9163,
                                "T1"),
                        botify(
                                Message.LAST,
                                1746994264099L,
                                301,
                                new Playback(15404, 0),
                                0.0003731250762939453,
                                -1,
                                "C")),
                read(file));
    }

    @Test
    void linesAfterGzipDataAreRejectedWithLineNumber() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(line(event(1, 1)).repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        bytes.write(line(event(1, 3)).getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("log.json.gz"), bytes.toByteArray());
        String message = errorMessage(EventLogException.class, () -> read(file));
        assertTrue(message.startsWith(file + ":101: the gzip data ends here, and other bytes follow"), message);
    }

    @Test
    void folderNamesProvideMissingFields() throws IOException {
        Path partition = Files.createDirectories(folder.resolve("message=last/day=2026-11-26/user=007"));
        String line = "{\"timestamp\":1746994264099,\"track\":7,\"time\":1}\n";
        Path file = Files.writeString(
                partition.resolve("track=9.json"),
                line + line.replace("{", "{\"user\":3,\"message\":\"next\",") + line.replace("}", ",\"user\":null}"));
        String missing = errorMessage(EventLogException.class, () -> read(file));
        assertTrue(missing.startsWith(file + ":3: missing \"user\""), missing);
        Files.writeString(file, line + line.replace("{", "{\"user\":3,\"message\":\"next\","));
        List<Event> events = read(file);
        assertEquals(
                List.of(Message.LAST, Message.NEXT),
                events.stream().map(Event::message).toList());
        assertEquals(
                List.of(ListenerId.ofString("007"), ListenerId.of(3)),
                events.stream().map(Event::listener).toList());
    }

    private static Event botify(
            Message message, long timestamp, long user, Playback playback, double latency, int track, String arm) {
        return new Event(
                message,
                timestamp,
                ListenerId.of(user),
                playback,
                latency,
                Recommendation.ofUnknownOrigin(track),
                Arms.of("PERSONALIZED", arm),
                0,
                0,
                null,
                null,
                List.of());
    }

    @Test
    void negativeLatencyIsKept() throws IOException {
        Path file = write(full("0.000412345", "-8.6e-05") + "\n");
        assertEquals(-8.6e-05, read(file).get(0).latency());
    }

    @Test
    void gzippedFileIsDetectedByContent() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(line(FULL).getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("data"), bytes.toByteArray());
        assertEquals(List.of(FULL), read(file));
    }

    @Test
    void tornLastLineIsSkippedAndCounted() throws IOException {
        String line = line(FULL);
        for (int length = 1; length < line.length() - 1; length++) {
            Path file = write(line + line.substring(0, length));
            try (EventReader reader = EventReader.open(file)) {
                assertEquals(List.of(FULL), drain(reader), "torn after " + length);
                assertEquals(1, reader.tornLines());
                assertNull(reader.next());
            }
        }
    }

    @Test
    void byteOrderMarkIsSkipped() throws IOException {
        assertEquals(List.of(FULL, FULL), read(write("\ufeff" + line(FULL) + line(FULL))));
    }

    /** A power loss may leave a file that ends with zeros. */
    @Test
    void tailOfZerosIsTorn() throws IOException {
        Path file = write(line(FULL) + "\0".repeat(300));
        try (EventReader reader = EventReader.open(file)) {
            assertEquals(List.of(FULL), drain(reader));
            assertEquals(1, reader.tornLines());
        }
    }

    @Test
    void lastLineThatIsNotAnEventIsAnError() throws IOException {
        Path file = write(line(FULL) + "third");
        String message = errorMessage(EventLogException.class, () -> read(file));
        assertTrue(message.startsWith(file + ":2: an event is a JSON object"), message);
    }

    @Test
    void lastLineNeedsNoNewline() throws IOException {
        Path file = write(line(FULL) + "\n" + line(FULL).trim());
        assertEquals(List.of(FULL, FULL), read(file));
    }

    @Test
    void emptyFileHasNoEvents() throws IOException {
        assertEquals(List.of(), read(write("")));
    }

    @Test
    void badLineIsReportedWithFileAndNumber() throws IOException {
        assertBad("{\"message\":\"next\",", "bad JSON: the line ends where a field name in quotes should be");
        assertBad("{\"message\":", "\"message\" must be a string");
        assertBad("third", "an event is a JSON object");
        assertBad("[1]", "an event is a JSON object");
        assertBad(line(FULL).trim() + "{}", "bad JSON: expected the end of the line");
        assertBad(full("\"user\":1", "\"listener\":1"), "missing \"user\"");
        assertBad(full("\"user\":1", "\"user\":-1"), "\"user\" must be a string or an integer from 0 to 2^63-1");
        assertBad(full("\"user\":1", "\"user\":true"), "\"user\" must be a string or an integer from 0 to 2^63-1");
        assertBad(full("\"next\"", "\"skip\""), "\"message\" is \"start\", \"next\" or \"last\", not \"skip\"");
        assertBad(full("\"track\":2,", ""), "\"next\" needs \"track\" and \"time\"");
        assertBad(full("\"track\":2,", "\"track\":-2,"), "\"track\" must be an integer from 0 to 2147483647");
        assertBad(full("\"time\":0.3", "\"time\":\"0.3\""), "\"time\" must be a number");
        assertBad(full("\"v\":1", "\"v\":2"), "the line has version 2, this Segue reads up to 1: use a newer one");
        assertBad(full("[5,7,9]", "5"), "\"recommendations\" must be an array");
        assertBad(full("\"seq\":3", "\"seq\":99999999999"), "\"seq\" must be an integer from 0 to 2147483647");
        assertBad(
                full("\"session\":", "\"session\":99999999999999999999"),
                "\"session\" must be an integer from 0 to 2^63-1");
        assertBad("x".repeat(1 << 21), "the line is longer than 1048576 bytes");
    }

    private static String full(String part, String replacement) {
        String line = line(FULL).trim();
        assertTrue(line.contains(part), part);
        return line.replace(part, replacement);
    }

    private void assertBad(String badLine, String problem) throws IOException {
        Path file = write(line(FULL) + badLine + "\n" + line(FULL));
        try (EventReader reader = EventReader.open(file)) {
            assertEquals(FULL, reader.next());
            String message = errorMessage(EventLogException.class, reader::next);
            assertTrue(message.startsWith(file + ":2: " + problem), message);
        }
    }

    @Test
    void missingFileIsReported() {
        Path file = folder.resolve("none.jsonl");
        for (List<Path> files : List.of(List.of(file), List.of(file, file))) {
            String message = errorMessage(EventLogException.class, () -> EventReader.merge(files));
            assertTrue(message.startsWith(file + ": there is no such file"), message);
        }
    }

    @Test
    void truncatedGzipFileIsAnError() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(line(FULL).getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("data.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));
        String message = errorMessage(EventLogException.class, () -> read(file));
        assertEquals(file + ": the gzip data ends early; copy or compress the file again", message);
    }

    @Test
    void mergedFilesAreReadInTimeOrder() throws IOException {
        Path first = write("first", event(1, 1), event(1, 4), event(1, 5));
        Path second = write("second", event(2, 2), event(2, 4), event(2, 6));
        Path third = write("third", new Event[0]);
        try (EventReader reader = EventReader.merge(List.of(second, first, third))) {
            assertEquals(
                    List.of(event(1, 1), event(2, 2), event(2, 4), event(1, 4), event(1, 5), event(2, 6)),
                    drain(reader));
        }
    }

    @Test
    void mergeKeepsEachFilesOrder() throws IOException {
        Path first = write("first", event(1, 5), event(1, 3), event(1, 6));
        Path second = write("second", event(2, 4), event(2, 5));
        Files.writeString(second, line(event(2, 4)) + line(event(2, 5)) + "{\"mess");
        try (EventReader reader = EventReader.merge(List.of(first, second))) {
            assertEquals(List.of(event(2, 4), event(1, 5), event(1, 3), event(2, 5), event(1, 6)), drain(reader));
            assertEquals(1, reader.tornLines());
        }
    }

    @Test
    void botifyLogsAreReadInOrder() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(BOTIFY_LOGS), "the Botify logs are not available");
        List<Path> files;
        try (Stream<Path> all = Files.list(BOTIFY_LOGS)) {
            files = all.sorted().toList();
        }
        int events = 0;
        long previous = 0;
        try (EventReader reader = EventReader.merge(files)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                assertTrue(event.timestamp() >= previous, "event " + events);
                assertFalse(event.experiments().experiments().isEmpty());
                previous = event.timestamp();
                events++;
            }
            assertEquals(0, reader.tornLines());
        }
        assertEquals(173_859, events);
    }

    private static List<Event> read(Path file) {
        try (EventReader reader = EventReader.open(file)) {
            return drain(reader);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("data.json"), text);
    }

    private Path write(String name, Event... events) throws IOException {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, events.length).forEach(i -> text.append(line(events[i])));
        return Files.writeString(folder.resolve(name), text);
    }
}
