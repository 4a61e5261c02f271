package dev.segue.event;

import dev.segue.file.PrivateFile;
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
 * The exclusive lock on a log, and the checks before it is written. Created on the thread that opens the log, then used
 * by the writer thread only.
 *
 * <p>It consists of two file locks. One is on a hidden lock file in the same folder, {@code .data.json.lock}, because
 * each rotation replaces the log file. The other is on the log file itself, which may be reachable by other names, such
 * as hard links or bind mounts. The operating system releases both when the process ends; the empty lock file stays.
 *
 * <p>On POSIX systems a process loses its locks on a file when it closes <em>any</em> descriptor of that file, and the
 * live report reads the log in this process. {@link #renew} therefore acquires the lock on the log file again, and is
 * called regularly.
 */
final class LogFileLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogFileLock.class);

    /** Beyond the contents, since Windows forbids reading locked bytes. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final Path lockPath;
    private @Nullable FileLock lockFileLock;
    private @Nullable Object lockFileKey;
    private @Nullable FileLock logFileLock;

    private LogFileLock(Path file) {
        this.file = file;
        this.lockPath = EventLogFiles.folder(file).resolve("." + file.getFileName() + ".lock");
    }

    /**
     * Prepares a file for appending: creates its folder, locks it and removes a torn last line.
     *
     * @throws EventLogException if any of these steps fails
     */
    static LogFileLock acquire(Path file) {
        var lock = new LogFileLock(file);
        Path folder = EventLogFiles.folder(file);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            lock.prepare();
            return lock;
        } catch (IOException e) {
            lock.close();
            throw new EventLogException(
                    "cannot write " + file + " (" + e + "): let this user write in " + folder
                            + " or set DATA_LOG_FILE to another file",
                    e);
        } catch (EventLogException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Repeats the checks and locks before the file of a locked log is reopened. The folder is not created: if it is
     * missing, its disk may be unmounted, and the mount point must not be written to.
     */
    void prepare() throws IOException {
        LiveFileCheck.requireRegular(file);
        LiveFileCheck.requireLog(file);
        acquireLockFile();
        if (Files.exists(file)) {
            LiveFileCheck.cutTornLine(file, lockLogFile().channel());
        }
    }

    private void acquireLockFile() throws IOException {
        FileState current = FileState.of(lockPath);
        if (lockFileLock != null && current != null && current.key().equals(lockFileKey)) {
            return;
        }
        release(lockFileLock);
        lockFileLock = null;
        lockFileLock = openLocked(lockPath, 0, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileState lockFile = FileState.of(lockPath);
        lockFileKey = lockFile == null ? null : lockFile.key();
    }

    /** Locks the file that is now at the path, in place of the previous one. */
    FileLock lockLogFile() throws IOException {
        release(logFileLock);
        logFileLock = null;
        FileLock lock = openLocked(file, LOCKED_BYTE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        logFileLock = lock;
        return lock;
    }

    private FileLock openLocked(Path path, long position, StandardOpenOption... options) throws IOException {
        FileChannel channel = PrivateFile.open(path, options);
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
            lock = null; // held by this process
        }
        if (lock == null) {
            throw new EventLogException(file + " is in use by another process, perhaps by another name:"
                    + " stop it or set DATA_LOG_FILE to another file");
        }
        return lock;
    }

    /**
     * Acquires the lock on the log file again.
     *
     * @throws EventLogException if another process holds it
     */
    void renew() throws IOException {
        FileLock lock = logFileLock;
        if (lock != null) {
            FileChannel channel = lock.channel();
            if (lock.isValid()) {
                lock.release();
            }
            logFileLock = lock(channel, LOCKED_BYTE);
        }
    }

    @Override
    public void close() {
        release(lockFileLock);
        release(logFileLock);
        lockFileLock = null;
        logFileLock = null;
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
