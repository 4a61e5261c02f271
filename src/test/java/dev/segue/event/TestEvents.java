package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Creates events and reads them back. */
final class TestEvents {

    /** An event with all fields. */
    static final Event FULL = new Event(
            Message.NEXT,
            1_746_994_263_928L,
            ListenerId.of(1),
            new Playback(2, 0.3),
            0.000412345,
            new Recommendation(5, 0.02, 50, "contextual", 0),
            new Arms(List.of("NAME", "OTHER"), List.of("T1", "C"), List.of("NAME")),
            1,
            3,
            "1a2b3c4d",
            "r-7",
            List.of(5, 7, 9));

    private TestEvents() {}

    /** An event that is identified by its listener and its sequence number. */
    static Event event(long listener, int sequence) {
        return new Event(
                Message.NEXT,
                1_746_994_263_928L + sequence,
                ListenerId.of(listener),
                new Playback(sequence, 0.5),
                1e-6,
                new Recommendation(7, Recommendation.UNKNOWN_PROPENSITY, 10, "indexed", 1),
                Arms.of("NAME", "T1"),
                1,
                sequence,
                null,
                null,
                List.of());
    }

    static String line(Event event) {
        return new String(new EventEncoder().line(event), StandardCharsets.UTF_8);
    }

    /** Reads all events of a log, rotations first; fails on a torn line. */
    static List<Event> readLog(Path file) {
        List<Event> events = new ArrayList<>();
        for (Path path : EventLogFiles.list(file)) {
            try (EventReader reader = EventReader.open(path)) {
                events.addAll(drain(reader));
                if (reader.tornLines() > 0) {
                    throw new AssertionError(path + " has a torn line");
                }
            }
        }
        return events;
    }

    static List<Event> drain(EventReader reader) {
        List<Event> events = new ArrayList<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        return events;
    }

    /** The message of the exception that a call throws. */
    static String errorMessage(Class<? extends RuntimeException> kind, Executable call) {
        return String.valueOf(assertThrows(kind, call).getMessage());
    }

    static List<Integer> sequences(List<Event> events) {
        return events.stream().map(Event::sequence).toList();
    }
}
