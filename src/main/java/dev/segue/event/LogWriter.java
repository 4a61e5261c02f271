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
 * The writer thread and its two buffers: callers fill one while the thread writes the other.
 *
 * <p>The slower the disk, the more lines go into one write. The lock is held only to copy a line or to swap the buffers,
 * never during I/O, so no request waits for the disk.
 *
 * <p>After a batch of several events the thread rests for 100 µs: under load there will be more, and they share a write and
 * two wake-ups, this thread's and the answering one's (9 events a batch instead of 1.5, and a tenth more answers a second
 * on two busy cores). A single event is never kept waiting.
 */
final class LogWriter {

    /** Where the thread writes lines: {@link RotatingFile}. */
    interface Lines {

        /**
         * Appends lines. After an exception a second call with the same buffer goes on where this one stopped.
         *
         * @param lines whole lines, or none for a look at the file; the buffer's mark is set to its start at first
         */
        void write(ByteBuffer lines) throws IOException;

        /** Writes no more. */
        void retire();
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long REST_NANOS = 100_000;
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration IDLE_LOOK = Duration.ofMillis(250);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLogOptions options;
    private final Lines file;
    private final LongConsumer onWritten;
    private final Thread thread = new Thread(this::run, "segue-log-writer");

    private final Object lock = new Object();
    private LineBuffer filling = new LineBuffer(); // guarded by lock
    private long appended; // guarded by lock
    private boolean parked; // guarded by lock

    private LineBuffer batch = new LineBuffer(); // writer thread only
    private long batchEnd; // writer thread only: position of the batch's last event
    private long batchEvents; // writer thread only

    private final AtomicLong backlogBytes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicLong writeFailures = new AtomicLong();
    private volatile long written;
    private volatile long writingSince; // System.nanoTime(), 0 = no write in progress
    private volatile @Nullable String failure; // why the last write failed
    private volatile boolean closed;

    /** @param onWritten receives the position up to which all events are written, on the writer thread, after each batch */
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
            parked = false; // one wake-up is enough: it is dear
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
                    LockSupport.parkNanos(this, REST_NANOS);
                }
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            failure = "the writer of " + options.file() + " has died, restart the server: " + e;
            LOG.error("the event log's writer has died", e);
        } finally {
            file.retire();
        }
    }

    /**
     * Waits for events and takes them; false if the log is closed and none are left. Meanwhile it looks after the file, which
     * another program may take away.
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
            LockSupport.parkNanos(this, IDLE_LOOK.toNanos());
            lookAfterFile();
        }
    }

    private void lookAfterFile() {
        synchronized (lock) {
            if (!parked && !closed) {
                return; // events have come, and they are written with a look
            }
            parked = false;
        }
        boolean failed = failure != null;
        if (attempt(NOTHING.duplicate().mark()) && failed) {
            onWritten.accept(written);
        }
    }

    /** Writes the batch however often it takes; gives up, and returns false, only if the log is closed meanwhile. */
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
                LockSupport.parkNanos(this, RETRY.toNanos());
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
        writingSince = System.nanoTime() | 1;
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
                LOG.warn("{}; trying again every {} ms", reason, RETRY.toMillis(), hasRemedy ? null : e);
            }
            failure = reason;
            return false;
        } finally {
            writingSince = 0;
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
        long since = writingSince;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** Refuses further events and ends the thread when the present ones are written; the caller may {@link #join}. */
    void stop() {
        synchronized (lock) {
            closed = true;
        }
        LockSupport.unpark(thread);
    }

    boolean join(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        return !thread.isAlive();
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
