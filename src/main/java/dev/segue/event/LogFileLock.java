package dev.segue.event;

import java.io.IOException;
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
 * The right to write a log, and the checks that come before it. Opened by the thread that opens the log, then used by the
 * writer thread only.
 *
 * <p>The claim is two locks. One is on a hidden neighbour, {@code .data.json.lock}, because the log file itself goes away
 * with each rotation. The other is on the log file, which may have other names: hard links, or a mount of this one file.
 * The operating system gives both back when the process ends, however it ends; the empty neighbour stays.
 *
 * <p>On POSIX systems a process loses its locks of a file when it closes <em>any</em> descriptor of it, and the live report
 * reads the log in this process. {@link #renew} therefore takes the lock of the log file again, and is called regularly.
 */
final class LogFileLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogFileLock.class);

    /** Beyond the contents: on Windows locked bytes cannot be read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final Path neighbour;
    private @Nullable FileLock neighbourLock;
    private @Nullable Object neighbourKey;
    private @Nullable FileLock fileLock;

    private LogFileLock(Path file) {
        this.file = file;
        this.neighbour = EventLogFiles.folder(file).resolve("." + file.getFileName() + ".lock");
    }

    /**
     * Makes a file ready to be appended to: creates its folder, locks it, cuts off a torn last line.
     *
     * @throws EventLogException if any of that is impossible
     */
    static LogFileLock claim(Path file) {
        var claim = new LogFileLock(file);
        Path folder = EventLogFiles.folder(file);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            claim.prepare();
            return claim;
        } catch (IOException e) {
            claim.close();
            throw new EventLogException(
                    "cannot write " + file + " (" + e + "): let this user write in " + folder
                            + " or set DATA_LOG_FILE to another file",
                    e);
        } catch (EventLogException e) {
            claim.close();
            throw e;
        }
    }

    /**
     * The same for a log that is claimed already and whose file is to be opened anew. The folder is not created: a folder that
     * is gone may be a disk that is gone, and nothing should be written to where it was.
     */
    void prepare() throws IOException {
        LiveFileCheck.requireRegular(file);
        LiveFileCheck.requireLog(file);
        lockNeighbour();
        if (Files.exists(file)) {
            LiveFileCheck.cutTornLine(file, lockFile().channel());
        }
    }

    private void lockNeighbour() throws IOException {
        FileState there = FileState.of(neighbour);
        if (neighbourLock != null && there != null && there.key().equals(neighbourKey)) {
            return;
        }
        release(neighbourLock);
        neighbourLock = null;
        neighbourLock = locked(neighbour, 0, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileState locked = FileState.of(neighbour);
        neighbourKey = locked == null ? null : locked.key();
    }

    /** Locks the file that the path leads to now, instead of the one before. */
    FileLock lockFile() throws IOException {
        release(fileLock);
        fileLock = null;
        FileLock lock = locked(file, LOCKED_BYTE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        fileLock = lock;
        return lock;
    }

    private FileLock locked(Path path, long position, StandardOpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(path, options);
        try {
            return lock(channel, position);
        } catch (IOException | EventLogException e) {
            channel.close();
            throw e;
        }
    }

    private FileLock lock(FileChannel channel, long position) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(position, 1, false);
        } catch (OverlappingFileLockException e) {
            lock = null; // this very process holds it
        }
        if (lock == null) {
            throw new EventLogException(file + " is in use by another process, perhaps by another name:"
                    + " stop it or set DATA_LOG_FILE to another file");
        }
        return lock;
    }

    /**
     * Takes the lock of the log file again.
     *
     * @throws EventLogException if another process has it
     */
    void renew() throws IOException {
        FileLock lock = fileLock;
        if (lock != null) {
            FileChannel channel = lock.channel();
            if (lock.isValid()) {
                lock.release();
            }
            fileLock = lock(channel, LOCKED_BYTE);
        }
    }

    @Override
    public void close() {
        release(neighbourLock);
        release(fileLock);
        neighbourLock = null;
        fileLock = null;
    }

    private static void release(@Nullable FileLock lock) {
        if (lock != null) {
            try {
                lock.channel().close();
            } catch (IOException e) {
                LOG.warn("cannot close the lock of the event log", e);
            }
        }
    }
}
