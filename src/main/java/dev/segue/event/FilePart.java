package dev.segue.event;

import dev.segue.file.LineInput;
import dev.segue.file.UnreadableInput;
import dev.segue.play.Event;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of whole lines of a log file, so that several threads can read a large file.
 *
 * @param file the file
 * @param from start of the first line, as an offset in bytes
 * @param to end of the last line, as an offset in bytes; {@link Long#MAX_VALUE} for the end of the file
 */
public record FilePart(Path file, long from, long to) {

    /** Minimum size of a part, in bytes. */
    private static final long MIN_BYTES = 1 << 24;

    private static final int BLOCK_BYTES = 1 << 16;

    /**
     * Divides a file of plain JSON lines. Small files stay whole, and so do other files: compressed data can only be
     * read from the start.
     */
    public static List<FilePart> of(Path file, LogRules rules) {
        // Skipped lines are reported with their numbers, which only a reader of the whole file can determine.
        return rules.skipsBadLines() ? List.of(new FilePart(file, 0, Long.MAX_VALUE)) : of(file, MIN_BYTES);
    }

    static List<FilePart> of(Path file, long bytes) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) < 2 * bytes) {
                return List.of(new FilePart(file, 0, Long.MAX_VALUE));
            }
            try (FileChannel channel = FileChannel.open(file)) {
                InputStream lines = Channels.newInputStream(channel);
                if (lines.read() != '{' || lines.read() <= 0) { // a 0 follows in UTF-16
                    return List.of(new FilePart(file, 0, Long.MAX_VALUE));
                }
                return divide(file, channel, bytes);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static List<FilePart> divide(Path file, FileChannel channel, long bytes) throws IOException {
        List<FilePart> parts = new ArrayList<>();
        long from = 0;
        while (channel.size() - from >= 2 * bytes) {
            long to = lineStart(channel, from + bytes);
            parts.add(new FilePart(file, from, to));
            from = to;
        }
        parts.add(new FilePart(file, from, Long.MAX_VALUE));
        return parts;
    }

    /** The offset of the first line that starts at or after an offset. */
    private static long lineStart(FileChannel channel, long offset) throws IOException {
        channel.position(offset - 1);
        var lines = new BufferedInputStream(Channels.newInputStream(channel), BLOCK_BYTES);
        long at = offset - 1;
        int read;
        do {
            read = lines.read();
            at++;
        } while (read >= 0 && read != '\n');
        return at;
    }

    /**
     * Reads the events of these lines.
     *
     * @throws EventLogException if the file cannot be read; messages of the reader number lines from {@link #from}
     */
    public EventReader open(LogRules rules) {
        if (from == 0 && to == Long.MAX_VALUE) {
            return EventReader.open(file, rules);
        }
        try {
            FileChannel channel = FileChannel.open(file);
            channel.position(from);
            var lines = new Lines(Channels.newInputStream(channel), to - from);
            return new FileEventReader(file, rules, LineInput.plain(lines, lines::bytesRead));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static EventLogException unreadable(Path file, IOException e) {
        return new EventLogException(file + ": " + UnreadableInput.explain(e), e);
    }

    /** Replaces the line number in an error of this part by the number in the whole file, which is read again. */
    public EventLogException withFileLineNumber(LogRules rules, EventLogException error) {
        if (from == 0) {
            return error;
        }
        try (EventReader whole = EventReader.open(file, rules)) {
            Event event;
            do {
                event = whole.next();
            } while (event != null);
            return error;
        } catch (EventLogException fileError) {
            return fileError;
        }
    }

    /** The first bytes of a stream. */
    private static final class Lines extends FilterInputStream {

        private final long length;
        private long remaining;

        Lines(InputStream input, long length) {
            super(input);
            this.length = length;
            remaining = length;
        }

        long bytesRead() {
            return length - remaining;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (remaining <= 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(length, remaining));
            remaining -= Math.max(0, read);
            return read;
        }
    }
}
