package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.play.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingEventReaderTest {

    @TempDir
    private Path folder;

    private Path log;
    private GrowingEventReader reader;

    @BeforeEach
    void open() {
        log = folder.resolve("data.json");
        reader = new GrowingEventReader(log);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    private static String line(int user) {
        return "{\"message\":\"next\",\"timestamp\":" + user + ",\"user\":" + user
                + ",\"track\":1,\"time\":0.5,\"latency\":0.001,\"recommendation\":2,\"experiments\":{}}\n";
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate(int number) throws IOException {
        Files.move(log, EventLogFiles.rotation(log, number));
    }

    private List<Long> read() {
        List<Long> users = new ArrayList<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            users.add(event.listener().key());
        }
        return users;
    }

    @Test
    void newEventsAreRead() throws IOException {
        assertEquals(List.of(), read(), "there is no log yet");
        append("");
        assertEquals(List.of(), read());
        append(line(1) + line(2));
        assertEquals(List.of(1L, 2L), read());
        assertEquals(List.of(), read());
        append(line(3));
        assertEquals(List.of(3L), read());
    }

    @Test
    void lineIsReadWhenComplete() throws IOException {
        String line = line(1);
        append(line.substring(0, 40));
        assertNull(reader.next());
        append(line.substring(40, line.length() - 1));
        assertNull(reader.next());
        append("\n" + line(2).substring(0, 5));
        assertEquals(List.of(1L), read());
    }

    @Test
    void rotationsAreFollowedWithoutLossOrDuplicates() throws IOException {
        append(line(1));
        assertEquals(List.of(1L), read());
        append(line(2));
        rotate(1);
        append(line(3));
        rotate(2);
        append(line(4));
        assertEquals(List.of(2L, 3L, 4L), read());
        rotate(3);
        assertEquals(List.of(), read());
        append(line(5));
        assertEquals(List.of(5L), read());
    }

    @Test
    void oldRotationsAreReadFirst() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("data.json.000001.gz")))) {
            out.write(line(1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Files.writeString(EventLogFiles.rotation(log, 2), line(2));
        append(line(3));
        assertEquals(List.of(1L, 2L, 3L), read());
    }

    @Test
    void deletedRotationIsSkipped() throws IOException {
        append(line(1));
        assertEquals(List.of(1L), read());
        rotate(1);
        append(line(2));
        rotate(2);
        append(line(3));
        Files.delete(EventLogFiles.rotation(log, 1));
        assertEquals(List.of(2L, 3L), read());
    }

    @Test
    void newLiveFileIsReadAfterTheOldOneWasTakenAway() throws IOException {
        Files.writeString(EventLogFiles.rotation(log, 1), line(1));
        Files.writeString(EventLogFiles.rotation(log, 2), line(2));
        append(line(3));
        assertEquals(List.of(1L, 2L, 3L), read());
        Files.delete(log);
        assertEquals(List.of(), read());
        append(line(4));
        assertEquals(List.of(4L), read());
        append(line(5));
        Files.move(log, folder.resolve("moved.json"));
        append(line(6));
        assertEquals(List.of(5L, 6L), read());
        rotate(3);
        append(line(7));
        assertEquals(List.of(7L), read());
    }

    @Test
    void truncatedLiveFileIsReadFromStart() throws IOException {
        append(line(1) + line(2));
        assertEquals(List.of(1L, 2L), read());
        Files.writeString(log, "");
        assertEquals(List.of(), read());
        append(line(3));
        assertEquals(List.of(3L), read());
    }

    @Test
    void tornLineIsCounted() throws IOException {
        append(line(1) + line(2).substring(0, 20));
        assertEquals(List.of(1L), read());
        rotate(1);
        append(line(3));
        assertEquals(List.of(3L), read());
        assertEquals(1, reader.tornLines());
    }

    @Test
    void badLineIsReportedWithLocationAndNextIsRead() throws IOException {
        append(line(1) + "{\"message\":\"jump\"}\n" + line(2));
        assertEquals(1, Objects.requireNonNull(reader.next()).listener().key());
        String message = String.valueOf(
                assertThrows(EventLogException.class, reader::next).getMessage());
        assertEquals(log + ":2", message.substring(0, (log + ":2").length()));
        assertEquals(List.of(2L), read());
    }
}
