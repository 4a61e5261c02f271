package dev.segue.event;

import dev.segue.file.Destination;
import dev.segue.platform.FailureReason;
import dev.segue.play.Event;
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
 * Writes events to a new file, gzipped if its name ends with {@code .gz}: for logs that are written in one run, such as
 * a simulation's. Servers write an {@link EventLog}. Not thread-safe.
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
     * Creates a file, and its folder if missing, or opens an existing pipe or device.
     *
     * @throws EventLogException if the file cannot be created or already exists: events are never overwritten
     */
    public static EventFileWriter create(Path file) {
        try {
            OutputStream out = open(Destination.of(file));
            boolean compressed = file.toString().endsWith(".gz");
            return new EventFileWriter(
                    file,
                    new BufferedOutputStream(compressed ? new GZIPOutputStream(out, BUFFER_BYTES) : out, BUFFER_BYTES));
        } catch (FileAlreadyExistsException e) {
            throw new EventLogException(file + " already exists; name another file or remove it", e);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static OutputStream open(Destination destination) throws IOException {
        if (destination.isStream()) {
            return destination.open();
        }
        Path path = destination.path();
        Destination.createFolder(Objects.requireNonNull(path.getParent(), "a file is in a folder"));
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static EventLogException unwritable(Path file, IOException e) {
        return new EventLogException("cannot write " + file + ": " + FailureReason.of(e), e);
    }

    @Override
    public long append(Event event) {
        try {
            encoder.encode(event).writeTo(out);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return ++events;
    }

    /** Number of events written. */
    public long events() {
        return events;
    }

    /** Flushes the written events to the file; a gzipped file is readable up to its last full block. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
