package dev.segue.event;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is slow and what no event waits for, in a thread of its own: forces the file to the disk, closes rotated
 * files, deletes the oldest of them.
 *
 * <p>Only this thread closes a file, so none is ever closed while it is being forced.
 */
final class FsyncThread {

    private static final Logger LOG = LoggerFactory.getLogger(FsyncThread.class);

    private final EventLogOptions options;
    private final Thread thread = new Thread(this::run, "segue-log-sync");
    private final AtomicReference<@Nullable LogFile> dirty = new AtomicReference<>();
    private final Queue<LogFile> retired = new ConcurrentLinkedQueue<>();
    private final AtomicLong deleted = new AtomicLong();
    private volatile @Nullable String problem;
    private volatile boolean stopping;

    FsyncThread(EventLogOptions options) {
        this.options = options;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A file has been written to: it is forced at the end of the interval. */
    void wrote(LogFile file) {
        if (!options.fsyncInterval().isZero()) {
            dirty.set(file);
        }
    }

    /** A file will not be written to any more: it is forced and closed soon. */
    void retire(LogFile file) {
        retired.add(file);
        LockSupport.unpark(thread);
    }

    /** Ends the thread after a last round; the caller may {@link #join}. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    boolean join(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }

    /** Why the last attempt to force a file failed; null if it did not. */
    @Nullable
    String problem() {
        return problem;
    }

    long deletedRotations() {
        return deleted.get();
    }

    private void run() {
        forceFolder(); // the live file may be new
        boolean last;
        do {
            last = stopping;
            round();
            if (!last) {
                pause();
            }
        } while (!last);
    }

    private void pause() {
        if (options.fsyncInterval().isZero()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, options.fsyncInterval().toNanos());
        }
    }

    private void round() {
        LogFile file = dirty.getAndSet(null);
        if (file != null && !force(file)) {
            dirty.compareAndSet(null, file);
        }
        boolean rotated = false;
        for (LogFile old = retired.poll(); old != null; old = retired.poll()) {
            force(old);
            close(old);
            dirty.compareAndSet(old, null);
            rotated = true;
        }
        if (rotated) {
            forceFolder();
            prune();
        }
    }

    private boolean force(LogFile file) {
        try {
            file.force();
            problem = null;
            return true;
        } catch (IOException | RuntimeException e) {
            if (problem == null) {
                LOG.warn("cannot force {} to the disk: a power loss may take what was written", options.file(), e);
            }
            problem = "cannot force " + options.file() + " to the disk: " + e.getMessage();
            return false;
        }
    }

    private static void close(LogFile file) {
        try {
            file.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("cannot close a file of the event log", e);
        }
    }

    /** A new name is safe only when its folder is forced; where a folder cannot be opened (Windows) it needs no forcing. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(EventLogFiles.folder(options.file()), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.debug("cannot force the folder of {}", options.file(), e);
        }
    }

    private void prune() {
        Integer copies = options.backupCopies();
        if (copies == null || !options.rotates()) {
            return;
        }
        try {
            List<Path> rotations = EventLogFiles.rotations(options.file());
            for (Path oldest : rotations.subList(0, Math.max(0, rotations.size() - copies))) {
                Files.deleteIfExists(oldest);
                deleted.incrementAndGet();
            }
        } catch (IOException | EventLogException e) {
            LOG.warn("cannot delete old rotations of {}", options.file(), e);
        }
    }
}
