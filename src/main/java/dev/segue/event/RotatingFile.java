package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live file of the log, which starts anew when it is full. Used by the writer thread only.
 *
 * <p>It is renamed at the end of a line and only when the next line does not fit, so every file holds whole lines, is no
 * larger than the limit (unless one line is), and the names in order give the lines in order.
 */
final class RotatingFile {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingFile.class);

    private final EventLogOptions options;
    private final LogFile.Opener opener;
    private final Syncer syncer;
    private final AtomicLong rotations = new AtomicLong();
    private @Nullable LogFile live; // null between a rename and the opening of the new file
    private long lastNumber;

    RotatingFile(EventLogOptions options, LogFile.Opener opener, Syncer syncer) throws IOException {
        this.options = options;
        this.opener = opener;
        this.syncer = syncer;
        this.live = opener.open(options.file());
    }

    /**
     * Appends lines. After an exception the buffer's position says what is in the file already, and a second call with
     * the same buffer goes on from there, so that nothing is written twice.
     *
     * @param lines whole lines
     */
    void write(ByteBuffer lines) throws IOException {
        int end = lines.limit();
        try {
            while (lines.hasRemaining()) {
                LogFile file = live();
                int part = options.rotates() ? endOfFittingLines(lines, file.size()) : end;
                if (part == lines.position()) {
                    rotate(file);
                } else {
                    append(file, lines.limit(part));
                    lines.limit(end);
                }
            }
        } finally {
            lines.limit(end);
        }
    }

    /** Where the lines end that the file has room for; the position itself if it must be rotated first. */
    private int endOfFittingLines(ByteBuffer lines, long fileSize) {
        int start = lines.position();
        long room = options.maxBytes() - fileSize;
        if (lines.remaining() <= room) {
            return lines.limit();
        }
        for (long i = start + room - 1; i >= start; i--) {
            if (lines.get((int) i) == '\n') {
                return (int) i + 1;
            }
        }
        boolean insideLine = start > 0 && lines.get(start - 1) != '\n'; // a torn write that could not be taken back
        return fileSize > 0 && !insideLine ? start : endOfLine(lines);
    }

    private static int endOfLine(ByteBuffer lines) {
        int i = lines.position();
        while (lines.get(i) != '\n') {
            i++;
        }
        return i + 1;
    }

    /**
     * Appends all or, after an exception, nothing: what a full disk took of the lines is cut off again, so that a reader
     * meets no torn line meanwhile. If even that fails, the next attempt goes on in the middle of the line.
     */
    private void append(LogFile file, ByteBuffer lines) throws IOException {
        int start = lines.position();
        long size = file.size();
        try {
            while (lines.hasRemaining()) {
                file.write(lines);
            }
        } catch (IOException | RuntimeException e) {
            takeBack(file, size, lines, start, e);
            throw e;
        } finally {
            syncer.wrote(file);
        }
    }

    private static void takeBack(LogFile file, long size, ByteBuffer lines, int start, Exception reason) {
        try {
            file.truncate(size);
            lines.position(start);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private void rotate(LogFile file) throws IOException {
        List<Path> existing = EventLogFiles.rotations(options.file());
        long highest = existing.isEmpty() ? 0 : EventLogFiles.number(options.file(), existing.get(existing.size() - 1));
        long number = Math.max(lastNumber, highest) + 1;
        try {
            Files.move(options.file(), EventLogFiles.rotation(options.file(), number));
        } catch (NoSuchFileException e) {
            LOG.warn("{} was removed or renamed by somebody else", options.file());
        }
        lastNumber = number;
        live = null;
        syncer.retire(file);
        rotations.incrementAndGet();
    }

    private LogFile live() throws IOException {
        LogFile file = live;
        if (file == null) {
            file = opener.open(options.file());
            live = file;
        }
        return file;
    }

    /** Hands the file over to be forced and closed. */
    void retire() {
        if (live != null) {
            syncer.retire(live);
            live = null;
        }
    }

    long rotations() {
        return rotations.get();
    }
}
