package dev.segue.event;

import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable play log. Acknowledged events are never lost, and callers never wait for the disk.
 *
 * <p>{@link #append} copies an event into memory and returns immediately. {@link #whenWritten} reports when the event
 * is written to the operating system; from then on it survives the end of this process, even by {@code kill -9}. It
 * survives a power loss after the next fsync, at most {@link EventLogOptions#fsyncInterval()} later. The file always
 * consists of whole lines, with one exception: a process killed during a write may leave a torn last line, whose event
 * was not acknowledged. The next {@link #open} removes it.
 *
 * <p>When the disk is full or stuck, the log is not {@link #isWritable() writable}. Check this before an append: {@link
 * #append} never rejects an event, and the backlog takes memory. Appended events are written in order as soon as the
 * disk permits, even if their acknowledgement has timed out. A client that repeats a timed-out request should therefore
 * send the same request id.
 *
 * <p>Thread-safe.
 */
public final class EventLog implements EventSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration ROTATION_CHECK = Duration.ofMillis(10);

    private final ThreadLocal<EventEncoder> encoders = ThreadLocal.withInitial(EventEncoder::new);
    private final PendingAcknowledgements awaitingWrite = new PendingAcknowledgements();
    private final PendingAcknowledgements awaitingWritable = new PendingAcknowledgements();
    private final EventLogOptions options;
    private final LogFileLock lock;
    private final FsyncThread syncer;
    private final RotatingFile file;
    private final LogWriter writer;
    private volatile Runnable afterBatch = () -> {};

    private EventLog(EventLogOptions options, LogFileLock lock, LogFile.Opener opener) throws IOException {
        this.options = options;
        this.lock = lock;
        this.syncer = new FsyncThread(options);
        this.file = new RotatingFile(options, opener, lock, syncer);
        this.writer = new LogWriter(options, file, this::batchWritten);
    }

    /**
     * Opens a log for appending, for this process alone.
     *
     * @throws EventLogException if the file cannot be written or is in use by another process
     */
    public static EventLog open(EventLogOptions options) {
        return open(options, LogFile::open);
    }

    /** Like {@link #open(EventLogOptions)} with another kind of file, for tests with a full or stuck disk. */
    public static EventLog open(EventLogOptions requested, LogFile.Opener opener) {
        EventLogOptions options = requested.withFile(EventLogFiles.resolveLinks(requested.file()));
        LogFileLock lock = LogFileLock.acquire(options.file());
        try {
            EventLog log = new EventLog(options, lock, opener);
            deleteLeftCopies(options.file());
            log.syncer.start();
            log.writer.start();
            return log;
        } catch (IOException e) {
            lock.close();
            throw new EventLogException("cannot open " + options.file() + ": " + e, e);
        }
    }

    private static void deleteLeftCopies(Path file) {
        try {
            EventLogFiles.deleteLeftCopies(file);
        } catch (EventLogException e) {
            LOG.warn("an erasure was killed; the copy that it left may have events of the listener", e);
        }
    }

    /**
     * Appends an event; never waits for the disk.
     *
     * @return the event's position since the log was opened: 1, 2, 3, …
     * @throws IllegalStateException if the log is closed
     */
    @Override
    public long append(Event event) {
        return writer.append(encoders.get().encode(event));
    }

    /** Calls back when the event at a position is written: immediately if it is, otherwise on the writer thread. */
    public void whenWritten(long position, Acknowledgement acknowledgement) {
        awaitingWrite.await(position, acknowledgement, () -> writer.written() >= position);
    }

    /** Calls back when the log is writable: immediately if it is, otherwise on the writer thread. */
    public void whenWritable(Acknowledgement acknowledgement) {
        awaitingWritable.await(0, acknowledgement, this::isWritable);
    }

    /**
     * Times out, on the calling thread, the acknowledgements that have waited at least this long. Must be called
     * regularly by a thread other than the writer, which a write may block.
     */
    public void expire(Duration olderThan) {
        awaitingWrite.expire(olderThan);
        awaitingWritable.expire(olderThan);
    }

    /**
     * Sets a task that the writer thread runs after the acknowledgements of each batch, such as sending responses in
     * bulk.
     */
    public void afterBatch(Runnable callback) {
        afterBatch = callback;
    }

    /**
     * Whether events are expected to be written soon. False if the last write failed, if a write has been in progress
     * for longer than {@link EventLogOptions#stalledAfter()}, if the backlog exceeds {@link
     * EventLogOptions#maxBacklogBytes()}, or if the log is closed. Cheap enough to call for each request.
     */
    public boolean isWritable() {
        return writer.isWritable();
    }

    /**
     * A description of the problem: why the log is not writable, or why fsync fails. In the latter case the log stays
     * writable, but a power loss may lose more events than configured.
     */
    public Optional<String> problem() {
        return Optional.ofNullable(writer.problem()).or(() -> Optional.ofNullable(syncer.problem()));
    }

    /**
     * Waits until all events that were appended are in rotations of the file, so that no more is written to them.
     *
     * @return false if that took too long, because the log cannot be written
     */
    public boolean rotate(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        long position = writer.appended();
        boolean isRequested = false;
        while (!isRequested || file.isRotationRequested()) {
            if (!isRequested && writer.written() >= position) {
                isRequested = true;
                file.requestRotation();
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(ROTATION_CHECK.toMillis());
        }
        return true;
    }

    /**
     * Erases a listener's events from the rotations; {@link #rotate} first. One erasure at a time. Rotations that are to be deleted meanwhile
     * are deleted after it.
     *
     * @return a result for each rotation
     * @throws EventLogException if a rotation cannot be read; nothing is erased then
     * @throws dev.segue.file.FileException if a rotation cannot be rewritten; those before it are rewritten
     */
    public synchronized List<EventEraser.Erasure> eraseFromRotations(ListenerId listener) {
        EventLogFiles.deleteLeftCopies(file());
        return syncer.withoutDeletions(() -> new EventEraser(listener)
                .erase(EventLogFiles.list(file()).stream()
                        .filter(rotation -> !rotation.equals(file()))
                        .toList()));
    }

    private void batchWritten(long position) {
        awaitingWrite.release(position);
        if (isWritable()) {
            awaitingWritable.release(0);
        }
        try {
            afterBatch.run();
        } catch (RuntimeException e) {
            LOG.error("the task after a batch of events failed", e);
        }
    }

    /**
     * Writes the backlog, forces the file to the disk, stops the threads and times out the pending acknowledgements. A
     * failing write is tried once more; a stuck write is abandoned after ten seconds.
     */
    @Override
    public void close() {
        writer.stop();
        try {
            boolean written = writer.join(CLOSE_TIMEOUT);
            syncer.stop();
            boolean forced = syncer.join(CLOSE_TIMEOUT);
            if (written && forced) {
                lock.close();
            } else {
                LOG.error("the disk of {} is stuck: closing without waiting for it", options.file());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        expire(Duration.ZERO);
    }

    /** The path of the live file, with links resolved. Its rotations are in the same folder. */
    public Path file() {
        return options.file();
    }

    /** Number of events written. */
    public long eventsWritten() {
        return writer.written();
    }

    /** Number of batches written. */
    public long batches() {
        return writer.batches();
    }

    /** Number of bytes written. */
    public long bytesWritten() {
        return writer.bytesWritten();
    }

    /** Number of bytes in the backlog. */
    public long backlogBytes() {
        return writer.backlogBytes();
    }

    /** Number of failed write attempts; each is retried. */
    public long writeFailures() {
        return writer.writeFailures();
    }

    /** Number of times the file was rotated. */
    public long rotations() {
        return file.rotations();
    }

    /** Number of rotations deleted because they exceeded {@link EventLogOptions#backupCopies()}. */
    public long deletedRotations() {
        return syncer.deletedRotations();
    }

    /** Counts of the losses of the live file to other programs. */
    public TakenAwayCounts takenAwayCounts() {
        return file.takenAwayCounts();
    }
}
