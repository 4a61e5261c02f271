package dev.segue.event;

import dev.segue.play.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads events forward, in bounded memory, from files that Segue or Botify wrote: JSON lines, a JSON array or Parquet,
 * compressed or not. All commands read logs through it.
 *
 * <p>Fields that Botify's lines lack are unknown: session and sequence 0, no origin, generation or request id.
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
     * @throws EventLogException if a line is not an event, with file and line number; the reader is unusable afterwards
     */
    @Nullable
    Event next();

    /** Counts of skipped lines and clamped values so far. */
    ReadCounts counts();

    /** Number of skipped incomplete last lines so far, as a killed process leaves them. */
    default long tornLines() {
        return counts().tornLines();
    }

    /** Number of bytes of the files read so far, as stored on the disk; for progress. */
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

    /** The timestamp of a file's first event; empty if the file has no events or cannot be read. */
    static OptionalLong firstTimestamp(Path file, LogRules rules) {
        try (EventReader reader = open(file, rules)) {
            Event first = reader.next();
            return first == null ? OptionalLong.empty() : OptionalLong.of(first.timestamp());
        } catch (EventLogException unreadable) {
            return OptionalLong.empty(); // reported when the file is read
        }
    }

    /**
     * Merges several files by timestamp: the logs of servers that ran in parallel. Each file keeps its own order; for
     * equal timestamps, the file earlier in the list comes first.
     *
     * @throws EventLogException if one of them cannot be read
     */
    static EventReader merge(List<Path> files) {
        return new MergedEventReader(files.stream()
                .map(file -> new SequentialEventReader(List.of(file), LogRules.STRICT))
                .toList());
    }
}
