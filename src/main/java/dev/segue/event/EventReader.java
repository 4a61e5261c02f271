package dev.segue.event;

import dev.segue.play.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads events forward, in bounded memory, from files that Segue or Botify wrote: JSON lines, a JSON array or Parquet,
 * compressed or not. Every command reads logs through it, so that one rule decides what an event is.
 *
 * <p>What Botify's lines lack reads as unknown: session and sequence 0, no origin, generation or request id.
 *
 * <pre>{@code
 * try (EventReader reader = EventReader.open(path)) {
 *     for (Event event = reader.next(); event != null; event = reader.next()) { … }
 * }
 * }</pre>
 */
public interface EventReader extends AutoCloseable {

    /**
     * The next event, or null at the end.
     *
     * @throws EventLogException if a line is no event, with file and line number; the reader is of no use afterwards
     */
    @Nullable
    Event next();

    /** Counts of what was met so far beside events. */
    ReadCounts counts();

    /** How many last lines were skipped so far because they were torn: cut short by the end of a process. */
    default long tornLines() {
        return counts().tornLines();
    }

    /** How many bytes of the files were read so far, as stored on the disk; for progress. */
    long bytesRead();

    /** Closes the files. */
    @Override
    void close();

    /**
     * Reads one file.
     *
     * @throws EventLogException if it cannot be read
     */
    static EventReader open(Path file) {
        return open(file, LogRules.STRICT);
    }

    /**
     * Reads one file by the given rules.
     *
     * @throws EventLogException if it cannot be read
     */
    static EventReader open(Path file, LogRules rules) {
        return new FileEventReader(file, rules);
    }

    /** The timestamp of the first event of a file; unknown if it has none or cannot be read. */
    static OptionalLong begins(Path file, LogRules rules) {
        try (EventReader reader = open(file, rules)) {
            Event first = reader.next();
            return first == null ? OptionalLong.empty() : OptionalLong.of(first.timestamp());
        } catch (EventLogException unreadable) {
            return OptionalLong.empty(); // reported when it is read
        }
    }

    /**
     * Reads several files as one, in the order of the events' timestamps: the logs of servers that ran side by side. Each
     * file is read in its own order; where timestamps are equal, the file that stands earlier in the list goes first.
     *
     * @throws EventLogException if one of them cannot be read
     */
    static EventReader merge(List<Path> files) {
        return new MergedEventReader(files.stream()
                .map(file -> new SequentialEventReader(List.of(file), LogRules.STRICT))
                .toList());
    }
}
