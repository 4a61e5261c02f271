package dev.segue.event;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * Writes events to a new file, gzipped if its name ends with {@code .gz}: for logs that are made in one go, such as a
 * simulation's. For one thread. A server's log is an {@link EventLog}.
 */
public final class EventFileWriter implements EventSink, AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final EventEncoder encoder = new EventEncoder();
    private long events;

    private EventFileWriter(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Makes a file, and its folder if there is none.
     *
     * @throws EventLogException if it cannot be made or is there already: events are never overwritten
     */
    public static EventFileWriter create(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder"));
            OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            boolean compressed = file.toString().endsWith(".gz");
            return new EventFileWriter(
                    file,
                    new BufferedOutputStream(compressed ? new GZIPOutputStream(out, BUFFER_BYTES) : out, BUFFER_BYTES));
        } catch (FileAlreadyExistsException e) {
            throw new EventLogException(file + " is there already; name another file or remove it", e);
        } catch (IOException e) {
            throw new EventLogException("cannot write " + file + ": " + e, e);
        }
    }

    @Override
    public long append(Event event) {
        try {
            encoder.encode(event).writeTo(out);
        } catch (IOException e) {
            throw new EventLogException("cannot write " + file + ": " + e, e);
        }
        return ++events;
    }

    /** How many events there are. */
    public long events() {
        return events;
    }

    /** Makes all events so far readable; of a gzipped file, up to its last full block. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new EventLogException("cannot write " + file + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new EventLogException("cannot write " + file + ": " + e, e);
        }
    }
}
