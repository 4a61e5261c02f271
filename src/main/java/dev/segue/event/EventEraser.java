package dev.segue.event;

import dev.segue.file.LineInput;
import dev.segue.file.OutputFile;
import dev.segue.file.Partitions;
import dev.segue.file.UnreadableInput;
import dev.segue.id.ListenerId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Erases the events of one listener from the files of logs. A file with such events is replaced atomically by one without them; all other
 * lines keep their bytes and their order. A file without such events is not touched.
 *
 * <p>Lines that are not events cannot be attributed to a listener. They are kept and counted.
 */
public final class EventEraser {

    /**
     * The result for one file.
     *
     * @param erased number of erased events
     * @param kept number of events of other listeners
     * @param unreadable number of lines that are not events, and were kept
     * @param firstUnreadable where the first of them is, and why it is not an event; null if there is none
     */
    public record Erasure(
            Path file,
            long erased,
            long kept,
            long unreadable,
            @Nullable String firstUnreadable) {}

    private final ListenerId listener;

    public EventEraser(ListenerId listener) {
        this.listener = listener;
    }

    /**
     * Erases from logs that no server writes. Every log is locked meanwhile, and nothing is erased if one is in use or unreadable.
     *
     * @return a result for each file
     * @throws EventLogException if a log is in use by a server, or a file cannot be read
     * @throws dev.segue.file.FileException if a file cannot be rewritten; those before it are rewritten
     */
    public List<Erasure> eraseFrom(EventLogs logs) {
        logs.files().forEach(EventEraser::requireRewritable);
        List<LogFileLock> locks = new ArrayList<>();
        try {
            for (List<Path> files : logs.logs()) {
                Path live = EventLogFiles.live(files.get(0));
                if (Files.isRegularFile(live)) {
                    locks.add(LogFileLock.acquire(EventLogFiles.resolveLinks(live)));
                }
            }
            logs.logs().forEach(files -> EventLogFiles.deleteLeftCopies(EventLogFiles.live(files.get(0))));
            return erase(logs.files());
        } finally {
            locks.forEach(LogFileLock::close);
        }
    }

    /**
     * Erases from files that receive no more writes, such as rotations.
     *
     * @return a result for each file that still exists
     * @throws EventLogException if a file cannot be read; nothing is erased then
     * @throws dev.segue.file.FileException if a file cannot be rewritten; those before it are rewritten
     */
    public List<Erasure> erase(List<Path> files) {
        List<Erasure> results = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                results.add(scan(file, null));
            }
        }
        for (Erasure result : results) {
            if (result.erased() > 0) {
                // The file keeps the time of its last event, by which old rotations are deleted.
                OutputFile.rewriteDurably(result.file(), out -> scan(result.file(), out));
            }
        }
        return results;
    }

    private Erasure scan(Path file, @Nullable OutputStream copy) {
        try (LineInput input = open(file)) {
            return new Scan(file, new LogLines(file, input), copy).run();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void requireRewritable(Path file) {
        try {
            open(file).close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static EventLogException unreadable(Path file, IOException e) {
        return new EventLogException(file + ": " + UnreadableInput.explain(e), e);
    }

    private static LineInput open(Path file) throws IOException {
        LineInput input;
        try {
            input = LineInput.open(file);
        } catch (NoSuchFileException gone) {
            throw new EventLogException(file + ": the file was removed meanwhile; repeat the command", gone);
        }
        if (!input.isWrittenBack(file)) {
            input.close();
            throw new EventLogException(
                    file + ": events can be erased only from JSON lines, plain, or gzipped with a name that"
                            + " ends with .gz; convert the file, or remove it");
        }
        return input;
    }

    /** One pass over a file, which counts its lines, and copies those of other listeners to a stream if there is one. */
    private final class Scan {
        private final Path file;
        private final LogLines lines;
        private final @Nullable OutputStream copy;
        private final EventParser parser;
        private long erased;
        private long kept;
        private long unreadable;
        private @Nullable String firstUnreadable;

        Scan(Path file, LogLines lines, @Nullable OutputStream copy) {
            this.file = file;
            this.lines = lines;
            this.copy = copy;
            parser = new EventParser(TimestampUnit.MILLISECONDS, false, Partitions.asJsonLine(file));
        }

        Erasure run() throws IOException {
            boolean isComplete;
            do {
                isComplete = lines.read();
                boolean isKept = lines.isEmpty() || count();
                if (copy != null && isKept) {
                    lines.copyTo(copy);
                    if (isComplete) {
                        copy.write('\n');
                    }
                }
            } while (isComplete);
            return new Erasure(file, erased, kept, unreadable, firstUnreadable);
        }

        /** Counts a line; returns false if it is to be erased. */
        private boolean count() {
            try {
                if (lines.parse(parser).listener().equals(listener)) {
                    erased++;
                    return false;
                }
                kept++;
            } catch (BadLine notAnEvent) {
                if (lines.isTooLong()) {
                    throw new EventLogException(
                            lines.location() + ": " + notAnEvent.getMessage() + "; remove it", notAnEvent);
                }
                if (unreadable++ == 0) {
                    firstUnreadable = lines.location() + ": " + notAnEvent.getMessage();
                }
            }
            return true;
        }
    }
}
