package dev.segue.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.event.EventLogException;
import dev.segue.event.EventReader;
import dev.segue.event.LogRules;
import dev.segue.event.TimestampUnit;
import dev.segue.play.Event;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of an event log, read by the rules of the server and by those of {@code --skip-bad-lines}. */
public final class EventLogTarget {

    private static final String NAME = "data.json";

    private static final LogRules LENIENT = new LogRules(true, TimestampUnit.SECONDS, false, "");

    /** Parquet is read by DuckDB, whose native code is not tested here. */
    private static final byte[] PARQUET = "PAR1".getBytes(US_ASCII);

    private static final Scratch SCRATCH = new Scratch();

    private EventLogTarget() {}

    /** Reads an input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (isParquet(input)) {
            return;
        }
        Path file = SCRATCH.write(NAME, input);
        Promise.keep(EventLogException.class, NAME, () -> readAll(file, LogRules.SERVED));
        Promise.keep(EventLogException.class, NAME, () -> readAll(file, LENIENT));
    }

    static boolean isParquet(byte[] input) {
        return input.length >= PARQUET.length && Arrays.equals(PARQUET, Arrays.copyOf(input, PARQUET.length));
    }

    private static void readAll(Path file, LogRules rules) {
        try (EventReader reader = EventReader.open(file, rules)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                check(event);
            }
        }
    }

    private static void check(Event event) {
        var playback = event.playback();
        if (playback != null && !(playback.time() >= 0 && playback.time() <= 1)) {
            throw new AssertionError("a share of " + playback.time());
        }
    }
}
