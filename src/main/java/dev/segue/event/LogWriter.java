package dev.segue.event;

import dev.segue.platform.OutOfMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer thread and its two buffers: callers fill one buffer while the thread writes the other.
 *
 * <p>The slower the disk, the more lines each write contains. The lock is held only to copy a line or to swap the
 * buffers, never during I/O, so requests do not wait for the disk.
 *
 * <p>After a batch of several events the thread pauses for 100 µs, so that more events share one write and two thread
 * wake-ups (the writer's and the responding thread's). On two busy cores this raises the batch size from 1.5 to 9
 * events and the throughput by a tenth. A single event is not delayed.
 *
 * <p>The class is hand-written so that callers never wait for the disk and one write contains many events: eight
 * threads with 64 open requests each log three times as many events per second as with one write per event under a
 * lock. If each thread waits for its single event, the lock is faster: its median latency is a sixth of the writer's
 * for one thread, and its throughput ten times the writer's for eight threads, since the writer pauses between batches
 * (LogWriterBenchmark).
 */
final class LogWriter {

    /** The destination of lines; implemented by {@link RotatingFile}. */
    interface Lines {

        /**
         * Appends lines. After an exception, another call with the same buffer continues where this one stopped.
         *
         * @param lines whole lines, or none to only check the file; the buffer's mark is initially at its start
         */
        void write(ByteBuffer lines) throws IOException;

        /** Ends writing. */
        void retire();
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long PAUSE_NANOS = 100_000;
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);
    private static final Duration IDLE_CHECK_INTERVAL = Duration.ofMillis(250);
    private static final ByteBuffer NO_LINES = ByteBuffer.allocate(0);

    private final EventLogOptions options;
    private final Lines file;
    private final LongConsumer onWritten;
    private final Thread thread = new Thread(this::run, "segue-log-writer");

    private final Object lock = new Object();
    private LineBuffer filling = new LineBuffer(); // guarded by lock
    private long appended; // guarded by lock
    private boolean parked; // guarded by lock

    private LineBuffer batch = new LineBuffer(); // writer thread only
    private long batchEnd; // writer thread only: position of the last event in the batch
    private long batchEvents; // writer thread only

    private final AtomicLong backlogBytes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicLong writeFailures = new AtomicLong();
    private volatile long written;
    private volatile long writeStart; // System.nanoTime(), 0 = no write in progress
    private volatile @Nullable String failure; // why the last write failed
    private volatile boolean closed;

    /**
     * @param onWritten called on the writer thread after each batch with the position up to which all events are
     *     written
     */
    LogWriter(EventLogOptions options, Lines file, LongConsumer onWritten) {
        this.options = options;
        this.file = file;
        this.onWritten = onWritten;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long append(LineBuffer line) {
        long position;
        boolean wake;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the event log is closed");
            }
            filling.append(line);
            backlogBytes.addAndGet(line.size());
            position = ++appended;
            wake = parked;
            parked = false; // avoids further wake-ups, which are expensive
        }
        if (wake) {
            LockSupport.unpark(thread);
        }
        return position;
    }

    private void run() {
        try {
            while (awaitBatch() && writeBatch()) {
                batch.clear();
                onWritten.accept(written);
                if (batchEvents > 1) {
                    LockSupport.parkNanos(this, PAUSE_NANOS);
                }
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            failure = "the writer of " + options.file() + " has failed, restart the server: " + e;
            LOG.error("the event log's writer has failed", e);
        } finally {
            file.retire();
        }
    }

    /**
     * Waits for events and swaps the buffers; returns false if the log is closed and no events are left. Checks the
     * file regularly while idle, since another program may take it away.
     */
    private boolean awaitBatch() {
        while (true) {
            synchronized (lock) {
                if (filling.size() > 0) {
                    LineBuffer empty = batch;
                    batch = filling;
                    batchEvents = appended - batchEnd;
                    batchEnd = appended;
                    filling = empty;
                    return true;
                }
                if (closed) {
                    return false;
                }
                parked = true;
            }
            LockSupport.parkNanos(this, IDLE_CHECK_INTERVAL.toNanos());
            checkFile();
        }
    }

    private void checkFile() {
        synchronized (lock) {
            if (!parked && !closed) {
                return; // events have arrived; writing them checks the file
            }
            parked = false;
        }
        boolean failed = failure != null;
        if (attempt(NO_LINES.duplicate().mark()) && failed) {
            onWritten.accept(written);
        }
    }

    /** Writes the batch, retrying until it succeeds; returns false if the log is closed first. */
    private boolean writeBatch() {
        ByteBuffer lines = batch.asByteBuffer().mark();
        boolean lastAttempt;
        do {
            lastAttempt = closed;
            if (attempt(lines)) {
                backlogBytes.addAndGet(-batch.size());
                bytesWritten.addAndGet(batch.size());
                batches.incrementAndGet();
                written = batchEnd;
                return true;
            }
            if (!lastAttempt) {
                LockSupport.parkNanos(this, RETRY_INTERVAL.toNanos());
            }
        } while (!lastAttempt);
        LOG.error(
                "closing {} without {} bytes that were never acknowledged: {}",
                options.file(),
                backlogBytes.get(),
                failure);
        return false;
    }

    private boolean attempt(ByteBuffer lines) {
        writeStart = System.nanoTime() | 1;
        try {
            file.write(lines);
            if (failure != null) {
                LOG.info("{} can be written again, nothing was lost", options.file());
                failure = null;
            }
            return true;
        } catch (IOException | RuntimeException e) {
            writeFailures.incrementAndGet();
            String reason = "cannot write " + options.file() + ": " + e.getMessage();
            if (!reason.equals(failure)) {
                boolean hasRemedy = e instanceof EventLogException;
                LOG.warn("{}; trying again every {} ms", reason, RETRY_INTERVAL.toMillis(), hasRemedy ? null : e);
            }
            failure = reason;
            return false;
        } finally {
            writeStart = 0;
        }
    }

    boolean isWritable() {
        return failure == null
                && !closed
                && backlogBytes.get() <= options.maxBacklogBytes()
                && stalledNanos() <= options.stalledAfter().toNanos();
    }

    /** Why the log is not writable; null if it is. */
    @Nullable
    String problem() {
        String reason = failure;
        if (reason != null) {
            return reason;
        }
        if (closed) {
            return options.file() + " is closed";
        }
        long stalled = stalledNanos();
        if (stalled > options.stalledAfter().toNanos()) {
            return "a write to " + options.file() + " has been in progress for " + stalled / 1_000_000 + " ms";
        }
        long backlog = backlogBytes.get();
        return backlog > options.maxBacklogBytes()
                ? backlog + " bytes wait to be written to " + options.file() + ", more than the allowed "
                        + options.maxBacklogBytes()
                : null;
    }

    private long stalledNanos() {
        long start = writeStart;
        return start == 0 ? 0 : System.nanoTime() - start;
    }

    /**
     * Rejects further events and stops the thread when the pending ones are written; {@link #join} waits for its end.
     */
    void stop() {
        synchronized (lock) {
            closed = true;
        }
        LockSupport.unpark(thread);
    }

    boolean join(Duration timeout) throws InterruptedException {
        thread.join(timeout.toMillis());
        return !thread.isAlive();
    }

    /** The position of the last event that was appended. */
    long appended() {
        synchronized (lock) {
            return appended;
        }
    }

    long written() {
        return written;
    }

    long batches() {
        return batches.get();
    }

    long bytesWritten() {
        return bytesWritten.get();
    }

    long backlogBytes() {
        return backlogBytes.get();
    }

    long writeFailures() {
        return writeFailures.get();
    }
}
