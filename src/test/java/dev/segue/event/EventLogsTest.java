package dev.segue.event;

import static dev.segue.event.TestEvents.drain;
import static dev.segue.event.TestEvents.errorMessage;
import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static dev.segue.event.TestEvents.sequences;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeLogs() throws IOException {
        write("data.json.000001", 1, 5);
        write("data.json.000002", 6);
        write("data.json", 7);
        write("second.jsonl.gz", 2, 8);
        write("notes.txt", 99);
        write(".hidden.json", 99);
    }

    @Test
    void liveLogIncludesItsRotations() {
        assertEquals(List.of(1, 5, 6, 7), read("data.json"));
    }

    @Test
    void rotationIsReadAlone() {
        assertEquals(List.of(6), read("data.json.000002"));
    }

    @Test
    void logsOfFolderAreMergedByTime() {
        assertEquals(List.of(1, 2, 5, 6, 7, 8), read("."));
        assertEquals(2, EventLogs.find(List.of(folder.toString())).logs().size());
    }

    @Test
    void globSelectsFiles() {
        assertEquals(List.of(1, 5, 6), read("data.json.0*"));
        assertEquals(List.of(1, 2, 5, 6, 7, 8), read("{data,second}.json*"));
    }

    @Test
    void doubleStarMatchesSubfolders() throws IOException {
        Files.createDirectory(folder.resolve("more"));
        write("more/third.json", 3);
        assertEquals(
                List.of(1, 2, 3, 5, 6, 7, 8),
                read("**.{json,gz,00000?}").stream().filter(n -> n < 99).toList());
    }

    @Test
    void fileNamedTwiceIsReadOnce() {
        assertEquals(
                List.of(1, 5, 6, 7),
                sequences(drain(EventLogs.find(List.of(path("data.json"), path("data.json"), path("data.json.000001")))
                        .open())));
    }

    @Test
    void fileNamedByTwoPathsIsReadOnce() {
        List<String> names = List.of(path("data.json"), path("./data.json"), folder + "/../" + folder.getFileName());
        assertEquals(
                List.of(1, 2, 5, 6, 7, 8), sequences(drain(EventLogs.find(names).open())));
    }

    @Test
    void sizeIsSizeOnDisk() throws IOException {
        assertEquals(
                Files.size(folder.resolve("second.jsonl.gz")),
                EventLogs.find(List.of(path("second.jsonl.gz"))).bytes());
    }

    @Test
    void bytesReadEqualsSizeAtTheEnd() {
        EventLogs logs = EventLogs.find(List.of(folder.toString()));
        try (EventReader reader = logs.open()) {
            drain(reader);
            assertEquals(logs.bytes(), reader.bytesRead());
        }
    }

    @Test
    void missingLogIsReported() throws IOException {
        assertEquals("there is no log " + path("nothing.json"), problem("nothing.json"));
        assertEquals("no file matches " + path("nothing*"), problem("nothing*"));
        assertEquals("no file matches " + path("no/where/*"), problem("no/where/*"));
        Files.createDirectory(folder.resolve("empty"));
        assertEquals(
                path("empty") + " has no logs (*.json, *.jsonl, *.ndjson, *.log, *.parquet, compressed or rotated)",
                problem("empty"));
    }

    private String problem(String name) {
        return errorMessage(EventLogException.class, () -> EventLogs.find(List.of(path(name))));
    }

    private List<Integer> read(String name) {
        try (EventReader reader = EventLogs.find(List.of(path(name))).open()) {
            return sequences(drain(reader));
        }
    }

    private String path(String name) {
        return name.equals(".") ? folder.toString() : folder + "/" + name;
    }

    private void write(String name, int... sequences) throws IOException {
        try (OutputStream raw = Files.newOutputStream(folder.resolve(name));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            for (String line : Stream.of(sequences)
                    .flatMap(all -> Arrays.stream(all).boxed())
                    .map(sequence -> line(event(1, sequence)))
                    .toList()) {
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
