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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the slow tasks of the log that no event waits for on a thread of its own: forces the file to the disk, closes
 * rotated files and deletes the oldest of them.
 *
 * <p>Only this thread closes files, so a file is never closed while it is being forced.
 */
final class FsyncThread {

    private static final Logger LOG = LoggerFactory.getLogger(FsyncThread.class);

    private static final long AGE_CHECK_NANOS = Duration.ofMinutes(10).toNanos();

    private final EventLogOptions options;
    private final Thread thread = new Thread(this::run, "segue-log-sync");
    private final AtomicReference<@Nullable LogFile> dirty = new AtomicReference<>();
    private final Queue<LogFile> retired = new ConcurrentLinkedQueue<>();
    private final AtomicLong deleted = new AtomicLong();
    private final Lock deletions = new ReentrantLock();
    private long agesChecked = System.nanoTime() - AGE_CHECK_NANOS; // this thread only
    private boolean isDeletionDue; // this thread only
    private volatile @Nullable String problem;
    private volatile boolean stopping;

    FsyncThread(EventLogOptions options) {
        this.options = options;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Schedules an fsync of a file at the end of the interval. */
    void markDirty(LogFile file) {
        if (!options.fsyncInterval().isZero()) {
            dirty.set(file);
        }
    }

    /** Schedules an fsync and the closing of a file that receives no more writes. */
    void retire(LogFile file) {
        retired.add(file);
        LockSupport.unpark(thread);
    }

    /** Stops the thread after a last pass; {@link #join} waits for its end. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    boolean join(Duration timeout) throws InterruptedException {
        thread.join(timeout.toMillis());
        return !thread.isAlive();
    }

    /** Runs a task while no rotation is deleted. Rotations that are to be deleted meanwhile are deleted after it. */
    <T> T withoutDeletions(Supplier<T> task) {
        deletions.lock();
        try {
            return task.get();
        } finally {
            deletions.unlock();
            LockSupport.unpark(thread);
        }
    }

    /** Why the last fsync failed; null if it succeeded. */
    @Nullable
    String problem() {
        return problem;
    }

    long deletedRotations() {
        return deleted.get();
    }

    private void run() {
        forceFolder(); // the live file may have been created just now
        boolean isLast;
        do {
            isLast = stopping;
            syncOnce();
            if (!isLast) {
                pause();
            }
        } while (!isLast);
    }

    private void pause() {
        if (options.fsyncInterval().isZero()) {
            LockSupport.parkNanos(this, AGE_CHECK_NANOS);
        } else {
            LockSupport.parkNanos(this, options.fsyncInterval().toNanos());
        }
    }

    private void syncOnce() {
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
        }
        deleteDueRotations(rotated);
    }

    /** Deletes rotations, unless a task runs {@link #withoutDeletions}: then after it. */
    private void deleteDueRotations(boolean rotated) {
        isDeletionDue |= rotated || isAgeCheckDue();
        if (!isDeletionDue || !deletions.tryLock()) {
            return;
        }
        try {
            isDeletionDue = false;
            agesChecked = System.nanoTime();
            deleteSurplusRotations();
            deleteOldRotations();
        } finally {
            deletions.unlock();
        }
    }

    private boolean isAgeCheckDue() {
        return options.maxAge() != null && System.nanoTime() - agesChecked >= AGE_CHECK_NANOS;
    }

    private boolean force(LogFile file) {
        try {
            file.force();
            problem = null;
            return true;
        } catch (IOException | RuntimeException e) {
            if (problem == null) {
                LOG.warn("cannot force {} to the disk: a power loss may lose written events", options.file(), e);
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

    /** Makes new file names durable. Where a folder cannot be opened (Windows), this is not necessary. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(EventLogFiles.folder(options.file()), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.debug("cannot force the folder of {}", options.file(), e);
        }
    }

    private void deleteSurplusRotations() {
        Integer copies = options.backupCopies();
        if (copies != null && options.rotates()) {
            deleteRotations(rotations -> rotations.subList(0, Math.max(0, rotations.size() - copies)));
        }
    }

    private void deleteOldRotations() {
        Duration maxAge = options.maxAge();
        if (maxAge != null) {
            long oldest = System.currentTimeMillis() - maxAge.toMillis();
            deleteRotations(rotations -> rotations.stream()
                    .filter(rotation -> rotation.toFile().lastModified() < oldest)
                    .toList());
        }
    }

    /** @param choice chooses from the rotations, the oldest first */
    private void deleteRotations(UnaryOperator<List<Path>> choice) {
        try {
            for (Path rotation : choice.apply(EventLogFiles.rotations(options.file()))) {
                if (Files.deleteIfExists(rotation)) {
                    deleted.incrementAndGet();
                }
            }
        } catch (IOException | EventLogException e) {
            LOG.warn("cannot delete old rotations of {}", options.file(), e);
        }
    }
}
