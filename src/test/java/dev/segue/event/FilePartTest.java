package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.play.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartTest {

    private static final int LINES = 200;

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("log.json"), text);
    }

    private static String lines() {
        var lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append("{\"message\":\"start\",\"timestamp\":").append(i).append(",\"user\":1}\n");
        }
        return lines.toString();
    }

    private static List<Long> timestamps(List<FilePart> parts) {
        List<Long> timestamps = new ArrayList<>();
        for (FilePart part : parts) {
            try (EventReader reader = part.open(LogRules.STRICT)) {
                for (Event event = reader.next(); event != null; event = reader.next()) {
                    timestamps.add(event.timestamp());
                }
            }
        }
        return timestamps;
    }

    @Test
    void eachLineIsInExactlyOnePart() throws IOException {
        Path file = write(lines());
        for (int bytes = 1; bytes < 200; bytes++) {
            List<FilePart> parts = FilePart.of(file, bytes);
            assertTrue(parts.size() > 20, "divided");
            assertEquals(LongStream.range(0, LINES).boxed().toList(), timestamps(parts), bytes + " bytes");
        }
    }

    @Test
    void smallAndCompressedFilesAndArraysAreNotDivided() throws IOException {
        assertEquals(1, FilePart.of(write(lines()), LogRules.STRICT).size());
        var gzipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(lines().getBytes(StandardCharsets.UTF_8));
        }
        Path compressed = Files.write(folder.resolve("log.json.gz"), gzipped.toByteArray());
        List<FilePart> parts = FilePart.of(compressed, 10);
        assertEquals(1, parts.size());
        assertEquals(LINES, timestamps(parts).size());
        assertEquals(1, FilePart.of(write("[" + lines() + "]"), 10).size());
    }

    @Test
    void badLineIsReportedWithNumberInFile() throws IOException {
        List<String> lines = new ArrayList<>(lines().lines().toList());
        lines.set(150, "{\"message\":\"stop\"}");
        List<FilePart> parts = FilePart.of(write(String.join("\n", lines)), 500);
        List<String> messages = new ArrayList<>();
        for (FilePart part : parts) {
            try {
                timestamps(List.of(part));
            } catch (EventLogException e) {
                messages.add(String.valueOf(
                        part.withFileLineNumber(LogRules.STRICT, e).getMessage()));
            }
        }
        assertEquals(1, messages.size());
        assertTrue(messages.get(0).contains("log.json:151: "), messages::toString);
        assertThrows(EventLogException.class, () -> timestamps(parts));
    }
}
