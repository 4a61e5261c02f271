package dev.segue.event;

import static dev.segue.event.TestEvents.drain;
import static dev.segue.event.TestEvents.errorMessage;
import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static dev.segue.event.TestEvents.sequences;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogNamesTest {

    @TempDir
    private Path folder;

    /** The names from the oldest to the newest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.json.000001 data.json.000002.gz data.json.1000000 data.json",
                "data.json.10.gz data.json.9 data.json.2.gz data.json.1 data.json",
                "data.json-20261125.gz data.json-20261126 data.json",
                "data.json-2026112523 data.json-2026112600.gz data.json",
                "data.json-20261125-1795600000 data.json-20261126-1795700000 data.json",
                "data.json.2026-11-25 data.json.2026-11-26 data.json",
                "data.json.2026-11-25_23-59 data.json.2026-11-26_00-00 data.json",
                "data.json.20261125 data.json.20261126 data.json",
                "data.jsonl.2 data.jsonl.1 data.jsonl",
                "data.log.2.gz data.log.1 data.log"
            })
    void rotationsOfOtherProgramsAreReadInTimeOrder(String names) throws IOException {
        List<String> files = List.of(names.split(" "));
        for (int i = 0; i < files.size(); i++) {
            write(files.get(i), i + 1);
        }
        List<Integer> inOrder =
                java.util.stream.IntStream.rangeClosed(1, files.size()).boxed().toList();
        assertEquals(inOrder, read(folder.resolve(files.get(files.size() - 1)).toString()));
        assertEquals(inOrder, read(folder.toString()));
        assertEquals(1, EventLogs.find(List.of(folder.toString())).logs().size());
    }

    /** Events, not names, determine the direction in which a program numbers its rotations. */
    @Test
    void ascendingRotationsAreReadInTimeOrder() throws IOException {
        write("data.json.1", 1);
        write("data.json.2", 2);
        write("data.json.10", 3);
        write("data.json", 4);
        assertEquals(List.of(1, 2, 3, 4), read(folder.resolve("data.json").toString()));
    }

    @Test
    void textLogIsSkippedAndReported() throws IOException {
        write("data.log", 1);
        Files.writeString(folder.resolve("server.log"), "2026-11-26 INFO started\n");
        Files.writeString(folder.resolve("notes.txt"), "x");
        Files.writeString(folder.resolve("_SUCCESS"), "");
        Files.writeString(folder.resolve(".data.json.crc"), "crc");
        EventLogs found = EventLogs.find(List.of(folder.toString()));
        assertEquals(List.of(folder.resolve("data.log")), found.files());
        assertEquals(1, found.leftOut().size());
        assertTrue(
                found.leftOut().get(0).startsWith("left out of " + folder + ": notes.txt, server.log ("),
                found.leftOut()::toString);
    }

    @Test
    void subfoldersAreSearchedIfFolderHasNoLogs() throws IOException {
        Files.createDirectories(folder.resolve("a/b/.hidden"));
        write("a/first.json", 1);
        write("a/b/second.json", 2);
        write("a/b/.hidden/third.json", 3);
        assertEquals(List.of(1, 2), read(folder.toString()));
    }

    @Test
    void subfoldersOfFolderWithLogsAreSkippedAndReported() throws IOException {
        Files.createDirectories(folder.resolve("old"));
        write("new.json", 1);
        write("old/old.json", 2);
        EventLogs found = EventLogs.find(List.of(folder.toString()));
        assertEquals(List.of(folder.resolve("new.json")), found.files());
        assertTrue(found.leftOut().get(0).startsWith("left out: old.json in folders below " + folder), found::toString);
        assertEquals(List.of(1, 2), read(folder.resolve("**").toString()));
    }

    @Test
    void folderWithoutLogsIsRejectedWithFileNames() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "x");
        String message = errorMessage(EventLogException.class, () -> EventLogs.find(List.of(folder.toString())));
        assertTrue(message.startsWith(folder + " has no logs (") && message.endsWith("; it has notes.txt"), message);
    }

    @Test
    void existingNameIsNotAGlob() throws IOException {
        Files.createDirectories(folder.resolve("da[1]"));
        write("da[1]/log{a}.json", 1);
        write("da[1]/b.json", 2);
        assertEquals(List.of(1), read(folder.resolve("da[1]/log{a}.json").toString()));
        assertEquals(List.of(1, 2), read(folder.resolve("da[1]").toString()));
        assertEquals(List.of(1, 2), read(folder.resolve("da[1]/*.json").toString()));
        assertEquals(List.of(2), read(folder.resolve("da[1]/[b].json").toString()));
    }

    @Test
    void standardInputIsReadOnce() {
        InputStream original = System.in;
        System.setIn(new ByteArrayInputStream(line(event(1, 7)).getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(List.of(7), read("-"));
            assertEquals(
                    "-: a pipe, which can be read only once; write it to a file and name that",
                    errorMessage(EventLogException.class, () -> read("-")));
        } finally {
            System.setIn(original);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pipeIsReadOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        var writer = new Thread(() -> {
            try {
                Files.writeString(pipe, line(event(1, 7)) + line(event(1, 8)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        EventLogs found = EventLogs.find(List.of(pipe.toString()));
        assertEquals(0, found.bytes());
        try (EventReader reader = found.open()) {
            assertEquals(List.of(7, 8), sequences(drain(reader)));
        }
        writer.join();
        String message = errorMessage(EventLogException.class, () -> read(pipe.toString()));
        assertTrue(message.endsWith("a pipe, which can be read only once; write it to a file and name that"), message);
    }

    private List<Integer> read(String name) {
        try (EventReader reader = EventLogs.find(List.of(name)).open()) {
            return sequences(drain(reader));
        }
    }

    private void write(String name, int sequence) throws IOException {
        try (OutputStream raw = Files.newOutputStream(folder.resolve(name));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(line(event(1, sequence)).getBytes(StandardCharsets.UTF_8));
        }
    }
}
