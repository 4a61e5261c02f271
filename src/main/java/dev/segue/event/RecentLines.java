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
 * The last lines of the live file, in memory, so that they can be written again if the file is taken away. They cover
 * one to two {@link #PERIOD}s, or less if limited by {@link #MAX_BYTES}. Used by the writer thread only.
 *
 * <p>A program that moves a log away by copying it ({@code copytruncate}, {@code mv} to another disk, an editor) reads
 * the file to its end, and removes or truncates it a little later. Lines written between the two steps are missing from
 * the copy. The log cannot observe when another process reaches the end of a file, so it assumes that the gap lies
 * within the last seconds.
 */
final class RecentLines {

    static final Duration PERIOD = Duration.ofSeconds(5);
    static final int MAX_BYTES = 2 << 20;

    private static final int SLACK = 1 << 16;

    private final LongSupplier nanoTime;
    private LineBuffer older = new LineBuffer();
    private LineBuffer newer = new LineBuffer();
    private long newerSince;

    RecentLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.newerSince = nanoTime.getAsLong();
    }

    /** Adds the whole lines between two positions of a buffer. */
    void add(ByteBuffer lines, int from, int to) {
        int start = to - from <= MAX_BYTES ? from : lineStartAtOrAfter(lines, to - MAX_BYTES, to);
        dropExpired();
        if (newer.size() + to - start > MAX_BYTES) {
            swap(nanoTime.getAsLong());
        }
        newer.append(lines, start, to);
    }

    private void dropExpired() {
        long now = nanoTime.getAsLong();
        long periods = (now - newerSince) / PERIOD.toNanos();
        for (long i = 0; i < Math.min(2, periods); i++) {
            swap(now);
        }
    }

    private void swap(long now) {
        LineBuffer expired = older;
        older = newer;
        newer = expired;
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

    /** A copy of the lines, in order. */
    ByteBuffer copy() {
        dropExpired();
        return ByteBuffer.allocate(older.size() + newer.size())
                .put(older.asByteBuffer())
                .put(newer.asByteBuffer())
                .flip();
    }

    /** The lines that are missing near the end of a file, which may be a copy that contains some of them. */
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
                // continues after a partial read
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

    /** The number of lines between two positions of a buffer. */
    static int count(ByteBuffer lines, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += lines.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }
}
