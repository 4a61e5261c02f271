package dev.segue.event;

import static dev.segue.event.TestEvents.FULL;
import static dev.segue.event.TestEvents.errorMessage;
import static dev.segue.event.TestEvents.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EventEncoderTest {

    @Test
    void lineHasBotifysFieldsFollowedBySegues() {
        assertEquals("""
                {"message":"next","timestamp":1746994263928,"user":1,"track":2,"time":0.3,"latency":0.000412345,\
                "recommendation":5,"experiments":{"NAME":"T1","OTHER":"C"},"v":1,"session":1,"seq":3,\
                "recommender":"contextual","fallback":0,"propensity":0.02,"candidates":50,"generation":"1a2b3c4d",\
                "request_id":"r-7","recommendations":[5,7,9],"forced":["NAME"]}
                """, line(FULL));
    }

    /** Lines written by servers and simulations of version 0.1.0. */
    @Test
    void linesOfFormatVersion1AreUnchanged() throws IOException {
        List<String> lines = goldenLines();
        assertEquals(37, lines.size());
        for (String line : lines) {
            assertEquals(line + "\n", line(parse(line + "\n")));
        }
    }

    private static List<String> goldenLines() throws IOException {
        try (InputStream golden = Objects.requireNonNull(EventEncoderTest.class.getResourceAsStream("log-v1.jsonl"))) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void startHasNoPlayback() {
        Event start =
                event(Message.START, ListenerId.of(1), null, new Recommendation(5, Double.NaN, 9, "random", 3), "r");
        assertEquals("""
                {"message":"start","timestamp":1,"user":1,"latency":12.000000345,"recommendation":5,"experiments":{},\
                "v":1,"session":1,"seq":1,"recommender":"random","fallback":3,"propensity":null,"candidates":9,\
                "request_id":"r"}
                """, line(start));
        assertEquals(start, parse(line(start)));
    }

    @Test
    void lastHasNullRecommendation() {
        Event last = event(Message.LAST, ListenerId.ofString("ann"), new Playback(7, 1), Recommendation.NONE, null);
        assertEquals("""
                {"message":"last","timestamp":1,"user":"ann","track":7,"time":1.0,"latency":12.000000345,\
                "recommendation":null,"experiments":{},"v":1,"session":1,"seq":1}
                """, line(last));
        assertEquals(last, parse(line(last)));
    }

    @Test
    void parsedEventEqualsEncodedEvent() {
        assertEquals(FULL, parse(line(FULL)));
    }

    @Test
    void parsedListenerEqualsEncodedListener() {
        for (ListenerId listener : List.of(
                ListenerId.of(0), ListenerId.of(Long.MAX_VALUE), ListenerId.ofString("42"), ListenerId.parse("42"))) {
            Event event = event(Message.LAST, listener, new Playback(7, 1), Recommendation.NONE, null);
            assertEquals(listener, parse(line(event)).listener());
        }
    }

    @Test
    void specialCharactersArePreserved() {
        String all = "\"quoted\" back\\slash \u0000\u0001\b\t\n\f\r\u001f\u007f\u0080é\u07ff\u0800€\uffff 😀";
        Event event = new Event(
                Message.NEXT,
                1,
                ListenerId.ofString("\"Zoë\"\n"),
                new Playback(1, 0),
                0,
                Recommendation.of(2, 1, 1, all),
                new Arms(List.of(all), List.of(all), List.of(all)),
                1,
                1,
                all,
                all,
                List.of());
        String line = line(event);
        assertEquals(line.length() - 1, line.indexOf('\n'), "one line");
        assertEquals(event, parse(line));
    }

    @Test
    void loneSurrogateIsReplaced() {
        Event event =
                event(Message.START, ListenerId.of(1), null, Recommendation.ofUnknownOrigin(5), "a\ud800b\udc00\ud83d");
        assertEquals("a\ufffdb\ufffd\ufffd", parse(line(event)).requestId());
    }

    @Test
    void timesAreExactAndShort() {
        for (double time : new double[] {0, 0.3, 1, 0.01, 0.21, 1.0 / 3, 0.1 + 0.2, 1e-9, 1e-300}) {
            assertEquals(time, time(line(nextEvent(time))));
        }
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double time = random.nextDouble();
            assertEquals(time, time(line(nextEvent(time))));
            double rounded = Math.round(time * 1000) / 1000.0;
            String line = line(nextEvent(rounded));
            assertEquals(rounded, time(line));
            assertTrue(line.indexOf(",\"latency\"") - line.indexOf("\"time\":") <= 12, line);
        }
    }

    @Test
    void encoderIsReusable() {
        EventEncoder encoder = new EventEncoder();
        String first = new String(encoder.line(FULL), StandardCharsets.UTF_8);
        encoder.line(nextEvent(0.5));
        assertEquals(first, new String(encoder.line(FULL), StandardCharsets.UTF_8));
    }

    @Test
    void invalidEventIsRejected() {
        ListenerId ann = ListenerId.ofString("ann");
        Recommendation one = Recommendation.of(1, 1, 1, "random");
        assertRejected("\"start\" has no \"track\"", () -> event(Message.START, ann, new Playback(1, 1), one, null));
        assertRejected("\"next\" needs \"track\"", () -> event(Message.NEXT, ann, null, one, null));
        assertRejected("\"last\" recommends nothing", () -> event(Message.LAST, ann, new Playback(1, 1), one, null));
        assertRejected("-2 is negative", () -> Recommendation.ofUnknownOrigin(-2));
        assertRejected("time NaN", () -> new Playback(1, Double.NaN));
        assertRejected("time 1.2 is outside 0..1", () -> new Playback(1, 1.2));
        assertRejected("propensity Infinity", () -> Recommendation.of(1, Double.POSITIVE_INFINITY, 1, "random"));
        assertRejected("2 experiments with 1 arms", () -> new Arms(List.of("A", "B"), List.of("C"), List.of()));
    }

    private static void assertRejected(String message, Executable call) {
        String actual = errorMessage(IllegalArgumentException.class, call);
        assertTrue(actual.contains(message), actual);
    }

    private static Event nextEvent(double time) {
        return event(Message.NEXT, ListenerId.of(1), new Playback(1, time), Recommendation.ofUnknownOrigin(2), null);
    }

    private static Event event(
            Message message,
            ListenerId listener,
            @Nullable Playback playback,
            Recommendation recommendation,
            @Nullable String requestId) {
        return new Event(
                message,
                1,
                listener,
                playback,
                12.000000345,
                recommendation,
                Arms.NONE,
                1,
                1,
                null,
                requestId,
                List.of());
    }

    private static double time(String line) {
        return Objects.requireNonNull(parse(line).playback()).time();
    }

    private static Event parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new EventParser(TimestampUnit.MILLISECONDS, true, new byte[0]).parse(bytes, bytes.length - 1);
    }
}
