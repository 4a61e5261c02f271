package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a log, and the checks that come before it.
 *
 * <p>The claim is a lock on a hidden neighbour, {@code .data.json.lock}, because the log file itself goes away with each
 * rotation. The operating system gives the lock back when the process ends, however it ends; the empty file stays.
 */
final class FileClaim implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileClaim.class);
    private static final int BLOCK = 1 << 13;

    private final FileChannel channel;

    private FileClaim(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes a file ready to be appended to: creates its folder, locks it, cuts off a torn last line.
     *
     * @throws EventLogException if any of that is impossible
     */
    static FileClaim claim(Path file) {
        if (Files.isDirectory(file)) {
            throw new EventLogException(file + " is a folder: set DATA_LOG_FILE to a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new EventLogException(
                    file + " is a pipe or a device, which keeps no events: set DATA_LOG_FILE to a regular file");
        }
        Path folder = EventLogFiles.folder(file);
        FileChannel channel = null;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            channel = FileChannel.open(
                    folder.resolve("." + file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            lock(channel, file);
            cutTornLine(file);
            return new FileClaim(channel);
        } catch (IOException e) {
            release(channel);
            throw new EventLogException(
                    "cannot write " + file + " (" + e + "): let this user write in " + folder
                            + " or set DATA_LOG_FILE to another file",
                    e);
        } catch (EventLogException e) {
            release(channel);
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // this very process holds it
        }
        if (lock == null) {
            throw new EventLogException(
                    file + " is in use by another process: stop it or set DATA_LOG_FILE to another file");
        }
    }

    /** A line without its newline was never acknowledged; what is appended next must not continue it. */
    private static void cutTornLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = log.size();
            long whole = endOfLastLine(log, size);
            if (whole < size) {
                log.truncate(whole);
                LOG.warn("cut {} bytes of an unfinished line from the end of {}", size - whole, file);
            }
        }
    }

    private static long endOfLastLine(FileChannel log, long size) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = size; end > 0; end -= block.position()) {
            block.clear().limit((int) Math.min(BLOCK, end));
            long start = end - block.limit();
            while (block.hasRemaining()) {
                if (log.read(block, start + block.position()) < 0) {
                    throw new IOException("the file shrinks while it is read");
                }
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }

    @Override
    public void close() {
        release(channel);
    }

    private static void release(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("cannot close the lock of the event log", e);
            }
        }
    }
}
