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
 * Whole lines of a log file, so that several threads can read a large one.
 *
 * @param file the file
 * @param from where the first line begins, in bytes
 * @param to where the last line ends, in bytes; {@link Long#MAX_VALUE} for the file's end
 */
public record FilePart(Path file, long from, long to) {

    /** Smaller files are not divided. */
    private static final long LARGE = 1 << 24;

    private static final int BLOCK = 1 << 16;

    /**
     * Divides a file, unless it is small or no regular file of plain JSON lines: what is compressed can only be read from its
     * beginning.
     */
    public static List<FilePart> of(Path file, LogRules rules) {
        // Lines that are passed over are quoted with their numbers, which only a reader of the whole file knows.
        return rules.skipsBadLines() ? List.of(new FilePart(file, 0, Long.MAX_VALUE)) : of(file, LARGE);
    }

    static List<FilePart> of(Path file, long bytes) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) < 2 * bytes) {
                return List.of(new FilePart(file, 0, Long.MAX_VALUE));
            }
            try (FileChannel channel = FileChannel.open(file)) {
                InputStream lines = Channels.newInputStream(channel);
                if (lines.read() != '{' || lines.read() <= 0) { // in UTF-16, a 0 follows
                    return List.of(new FilePart(file, 0, Long.MAX_VALUE));
                }
                return divided(file, channel, bytes);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static List<FilePart> divided(Path file, FileChannel channel, long bytes) throws IOException {
        List<FilePart> parts = new ArrayList<>();
        long from = 0;
        while (channel.size() - from >= 2 * bytes) {
            long to = nextLine(channel, from + bytes);
            parts.add(new FilePart(file, from, to));
            from = to;
        }
        parts.add(new FilePart(file, from, Long.MAX_VALUE));
        return parts;
    }

    /** Where the first line begins that does not begin before a place. */
    private static long nextLine(FileChannel channel, long place) throws IOException {
        channel.position(place - 1);
        var lines = new BufferedInputStream(Channels.newInputStream(channel), BLOCK);
        long at = place - 1;
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
     * @throws EventLogException if the file cannot be read; a reader's message counts lines from {@link #from}
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

    /** The error with the line's number in the whole file, which is read again from its beginning. */
    public EventLogException wrong(LogRules rules, EventLogException inThisPart) {
        if (from == 0) {
            return inThisPart;
        }
        try (EventReader whole = EventReader.open(file, rules)) {
            Event event;
            do {
                event = whole.next();
            } while (event != null);
            return inThisPart;
        } catch (EventLogException withItsPlace) {
            return withItsPlace;
        }
    }

    /** A stream's first bytes. */
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
