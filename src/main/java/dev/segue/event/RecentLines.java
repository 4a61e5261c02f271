package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The last lines of the live file, in memory, so that they can be written again if the file is taken away. They go back one
 * to two {@link #PERIOD}s, or less if that is more than {@link #MOST_BYTES}. Used by the writer thread only.
 *
 * <p>A program that moves a log away by copying it ({@code copytruncate}, {@code mv} to another disk, an editor) reads the
 * file to its end, and removes or empties it a little later. Lines that are written between the two are in no copy. No process can
 * see when another one read the end of a file, so the log takes the last seconds for that gap.
 */
final class RecentLines {

    static final Duration PERIOD = Duration.ofSeconds(5);
    static final int MOST_BYTES = 2 << 20;

    private static final int SLACK = 1 << 16;

    private final LongSupplier nanoTime;
    private LineBuffer older = new LineBuffer();
    private LineBuffer newer = new LineBuffer();
    private long newerSince;

    RecentLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.newerSince = nanoTime.getAsLong();
    }

    /** Keeps whole lines from a position of the buffer up to another. */
    void add(ByteBuffer lines, int from, int to) {
        int start = to - from <= MOST_BYTES ? from : lineStartAtOrAfter(lines, to - MOST_BYTES, to);
        age();
        if (newer.size() + to - start > MOST_BYTES) {
            turn(nanoTime.getAsLong());
        }
        newer.append(lines, start, to);
    }

    private void age() {
        long now = nanoTime.getAsLong();
        long periods = (now - newerSince) / PERIOD.toNanos();
        for (long i = 0; i < Math.min(2, periods); i++) {
            turn(now);
        }
    }

    private void turn(long now) {
        LineBuffer forgotten = older;
        older = newer;
        newer = forgotten;
        newer.clear();
        newerSince = now;
    }

    private static int lineStartAtOrAfter(ByteBuffer lines, int position, int to) {
        int i = position;
        while (i < to && lines.get(i - 1) != '\n') {
            i++;
        }
        return i;
    }

    void clear() {
        older.clear();
        newer.clear();
    }

    /** A copy of the lines, in their order. */
    ByteBuffer copy() {
        age();
        return ByteBuffer.allocate(older.size() + newer.size())
                .put(older.asByteBuffer())
                .put(newer.asByteBuffer())
                .flip();
    }

    /** Those of the lines that do not stand near the end of a file: the file may be a copy that has them already. */
    static ByteBuffer missingFrom(Path file, ByteBuffer lines) throws IOException {
        Set<ByteBuffer> present = lines(tail(file, lines.remaining() + SLACK));
        ByteBuffer missing = ByteBuffer.allocate(lines.remaining());
        for (ByteBuffer line : lines(lines)) {
            if (!present.contains(line)) {
                missing.put(line);
            }
        }
        return missing.flip();
    }

    private static ByteBuffer tail(Path file, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long start = Math.max(0, size - length);
            ByteBuffer tail = ByteBuffer.allocate((int) (size - start));
            while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
                // reads on
            }
            return tail.flip();
        }
    }

    /** The lines of a buffer, each with its newline. */
    private static Set<ByteBuffer> lines(ByteBuffer buffer) {
        Set<ByteBuffer> lines = new LinkedHashSet<>();
        int start = buffer.position();
        for (int i = start; i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n') {
                lines.add(buffer.slice(start, i + 1 - start));
                start = i + 1;
            }
        }
        return lines;
    }

    /** How many lines there are between two positions of a buffer. */
    static int count(ByteBuffer lines, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += lines.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }
}
