package dev.segue.event;

import dev.segue.file.PrivateFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file operations of the log. Tests implement it to simulate a full, slow or broken disk.
 *
 * <p>One thread at a time writes, truncates and reads the size; another thread may force the file meanwhile.
 */
public interface LogFile extends Closeable {

    /** Appends some of the bytes, at least one, and moves the buffer's position past them. */
    int write(ByteBuffer bytes) throws IOException;

    /** Cuts the file to this size. */
    void truncate(long size) throws IOException;

    /** Forces all earlier writes to the disk (fsync). */
    void force() throws IOException;

    /** The current size in bytes. */
    long size() throws IOException;

    /** Opens a file for appending; creates it if necessary. */
    @FunctionalInterface
    interface Opener {
        LogFile open(Path path) throws IOException;
    }

    /** Opens a file of the file system. */
    static LogFile open(Path path) throws IOException {
        FileChannel channel = PrivateFile.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new LogFile() {
            // The JDK copies a heap buffer into a direct buffer of the same size, which it never releases.
            private static final int MAX_WRITE_BYTES = 1 << 20;

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                int limit = bytes.limit();
                bytes.limit(Math.min(limit, bytes.position() + MAX_WRITE_BYTES));
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
