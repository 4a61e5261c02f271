package dev.segue.event;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The few things the log does to a file: the place to put a disk that is full, slow or broken, in tests.
 *
 * <p>Writing, truncating and measuring are done by one thread at a time; forcing may happen meanwhile in another.
 */
public interface LogFile extends Closeable {

    /** Appends some of the bytes, at least one, and moves the buffer's position past them. */
    int write(ByteBuffer bytes) throws IOException;

    /** Cuts the file to this size. */
    void truncate(long size) throws IOException;

    /** Returns when everything written before is on the disk. */
    void force() throws IOException;

    /** The present size in bytes. */
    long size() throws IOException;

    /** Opens a file for appending, and creates it if need be. */
    @FunctionalInterface
    interface Opener {
        LogFile open(Path path) throws IOException;
    }

    /** A real file. */
    static LogFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new LogFile() {
            // The JDK copies a heap buffer into a direct one of the same size, and keeps that one for ever.
            private static final int LARGEST_WRITE = 1 << 20;

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                int limit = bytes.limit();
                bytes.limit(Math.min(limit, bytes.position() + LARGEST_WRITE));
                try {
                    return channel.write(bytes);
                } finally {
                    bytes.limit(limit);
                }
            }

            @Override
            public void truncate(long size) throws IOException {
                channel.truncate(size);
            }

            @Override
            public void force() throws IOException {
                channel.force(false);
            }

            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
