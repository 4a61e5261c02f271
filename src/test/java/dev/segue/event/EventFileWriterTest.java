package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileWriterTest {

    private static final List<Event> EVENTS = List.of(event(1), event(2), event(3));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"log.json", "folder/log.json.gz"})
    void writtenEventsAreReadBack(String name) {
        Path file = directory.resolve(name);
        try (var writer = EventFileWriter.create(file)) {
            for (int i = 0; i < EVENTS.size(); i++) {
                assertEquals(i + 1, writer.append(EVENTS.get(i)));
            }
        }
        try (EventReader reader = EventReader.open(file)) {
            for (Event event : EVENTS) {
                assertEquals(event, reader.next());
            }
            assertEquals(null, reader.next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log.json", "log.json.gz"})
    void existingFileIsNotOverwritten(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "precious");
        var exception = assertThrows(EventLogException.class, () -> EventFileWriter.create(file));
        assertTrue(String.valueOf(exception.getMessage()).contains("already exists"));
        assertEquals("precious", Files.readString(file));
    }

    private static Event event(int sequence) {
        return new Event(
                Event.Message.NEXT,
                1000 + sequence,
                ListenerId.of(5),
                new Playback(7, 0.5),
                0,
                Recommendation.ofUnknownOrigin(9),
                Arms.NONE,
                1,
                sequence,
                null,
                null,
                List.of());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linksAndPipesAreFollowedAndNotReplaced() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), Path.of("behind.json"));
        writeOne(link);
        assertTrue(Files.isSymbolicLink(link));
        String line = Files.readString(directory.resolve("behind.json"));
        assertThrows(EventLogException.class, () -> EventFileWriter.create(link));
        assertEquals(line, Files.readString(directory.resolve("behind.json")));

        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        writeOne(pipe);
        assertEquals(line, new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void writeOne(Path file) {
        try (EventFileWriter writer = EventFileWriter.create(file)) {
            writer.append(event(1));
        }
    }
}
