package dev.segue.event;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the encoding of an event by the log's encoder and by Jackson's generator. Run it with scripts/bench-jmh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventEncoderBenchmark {

    private static final int EVENTS = 1 << 12;

    private final Event[] events = new Event[EVENTS];
    private final EventEncoder encoder = new EventEncoder();
    private final JacksonEventEncoder jackson = new JacksonEventEncoder();
    private int encoded;

    @Setup
    public void makeEvents() {
        var random = new Random(1);
        Arrays.setAll(events, i -> event(random, i));
        for (Event event : events) {
            EventParser parser = new EventParser(TimestampUnit.MILLISECONDS, true, new byte[0]);
            byte[] own = encoder.line(event);
            byte[] other = jackson.line(event);
            if (!parser.parse(own, own.length - 1).equals(parser.parse(other, other.length - 1))) {
                throw new IllegalStateException("different events: " + new String(own, StandardCharsets.UTF_8));
            }
        }
    }

    /** A typical event of a server, with a play time as players report it. */
    private static Event event(Random random, int i) {
        return new Event(
                Message.NEXT,
                1_746_994_263_928L + i,
                ListenerId.of(random.nextInt(1_000_000)),
                new Playback(random.nextInt(50_000), random.nextInt(101) / 100.0),
                random.nextInt(1_000_000) / 1e9,
                new Recommendation(random.nextInt(50_000), 1.0 / (1 + random.nextInt(50)), 50, "contextual", 0),
                Arms.of("EXPERIMENT", "T1"),
                1 + random.nextInt(20),
                1 + random.nextInt(30),
                "1a2b3c4d",
                i % 2 == 0 ? null : "request-" + i,
                List.of());
    }

    private Event next() {
        return events[encoded++ & (EVENTS - 1)];
    }

    @Benchmark
    public int own() {
        return encoder.encode(next()).size();
    }

    @Benchmark
    public int jackson() {
        return jackson.encode(next());
    }
}
