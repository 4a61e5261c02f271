package dev.segue.event;

import dev.segue.play.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable play log. Nothing acknowledged is ever lost, and no caller ever waits for the disk.
 *
 * <p>{@link #append} copies an event into memory and returns at once; {@link #whenWritten} reports when the operating system
 * has it, so that it survives the end of this process, even by {@code kill -9}. It survives a power loss after the next
 * forcing of the file, at most {@link EventLogOptions#fsyncInterval()} later. The file is a sequence of whole lines at all
 * times, except that a process killed during a write may leave a torn last line, of an event that was not acknowledged;
 * the next {@link #open} cuts it off.
 *
 * <p>When the disk is full or stuck the log is not {@link #isWritable() writable}. Check this before an append:
 * {@link #append} refuses nothing, and takes memory. Events that were appended wait and are written, in order,
 * as soon as the disk lets them, even those whose acknowledgement has timed out by then. A client that repeats a timed out
 * request should therefore name it by the same request id.
 *
 * <p>All methods may be called by any thread.
 */
public final class EventLog implements EventSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(10);

    private final ThreadLocal<EventEncoder> encoders = ThreadLocal.withInitial(EventEncoder::new);
    private final PendingAcknowledgements waitingForWrite = new PendingAcknowledgements();
    private final PendingAcknowledgements waitingForRoom = new PendingAcknowledgements();
    private final EventLogOptions options;
    private final LogFileLock claim;
    private final FsyncThread syncer;
    private final RotatingFile file;
    private final LogWriter writer;
    private volatile Runnable afterBatch = () -> {};

    private EventLog(EventLogOptions options, LogFileLock claim, LogFile.Opener opener) throws IOException {
        this.options = options;
        this.claim = claim;
        this.syncer = new FsyncThread(options);
        this.file = new RotatingFile(options, opener, claim, syncer);
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

    /** The same on another kind of file: for tests of what happens when a disk is full or stuck. */
    public static EventLog open(EventLogOptions given, LogFile.Opener opener) {
        EventLogOptions options = given.withFile(EventLogFiles.real(given.file()));
        LogFileLock claim = LogFileLock.claim(options.file());
        try {
            EventLog log = new EventLog(options, claim, opener);
            log.syncer.start();
            log.writer.start();
            return log;
        } catch (IOException e) {
            claim.close();
            throw new EventLogException("cannot open " + options.file() + ": " + e, e);
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

    /** Acknowledges that the event at a position is written: at once if it is, otherwise on the writer thread. */
    public void whenWritten(long position, Acknowledgement acknowledgement) {
        waitingForWrite.await(position, acknowledgement, () -> writer.written() >= position);
    }

    /** Tells when the log is writable: at once if it is, otherwise on the writer thread. */
    public void whenWritable(Acknowledgement acknowledgement) {
        waitingForRoom.await(0, acknowledgement, this::isWritable);
    }

    /**
     * Times out the acknowledgements that have waited for this long or longer, on the calling thread. To be called
     * regularly, by another thread than the writer, which may be blocked by a write.
     */
    public void expire(Duration olderThan) {
        waitingForWrite.expire(olderThan);
        waitingForRoom.expire(olderThan);
    }

    /** Sets a task that the writer thread runs after the acknowledgements of a batch, such as sending many responses at once. */
    public void afterBatch(Runnable callback) {
        afterBatch = callback;
    }

    /**
     * Whether events may be expected to be written soon. False while the last write has failed, while a write has been in
     * progress for longer than {@link EventLogOptions#stalledAfter()}, while more than {@link
     * EventLogOptions#maxBacklogBytes()} wait, and when the log is closed. Cheap enough to ask for each request.
     */
    public boolean isWritable() {
        return writer.isWritable();
    }

    /**
     * The problem, for people: why the log is not writable, or why the file cannot be forced to the disk. The latter
     * leaves the log writable, but a power loss may take more than it should.
     */
    public Optional<String> problem() {
        return Optional.ofNullable(writer.problem()).or(() -> Optional.ofNullable(syncer.problem()));
    }

    private void batchWritten(long position) {
        waitingForWrite.release(position);
        if (isWritable()) {
            waitingForRoom.release(0);
        }
        try {
            afterBatch.run();
        } catch (RuntimeException e) {
            LOG.error("what was to be done after a batch of events failed", e);
        }
    }

    /**
     * Writes what is waiting, forces the file, ends the threads, times out whoever still waits. A failing disk gets one
     * last attempt and a stuck one ten seconds.
     */
    @Override
    public void close() {
        writer.stop();
        try {
            boolean written = writer.join(CLOSING_PATIENCE);
            syncer.stop();
            boolean forced = syncer.join(CLOSING_PATIENCE);
            if (written && forced) {
                claim.close();
            } else {
                LOG.error("the disk of {} is stuck: closing without waiting for it", options.file());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        expire(Duration.ZERO);
    }

    /** The live file, by the one path to which links lead. Its rotations stand beside it. */
    public Path file() {
        return options.file();
    }

    /** Number of events written. */
    public long eventsWritten() {
        return writer.written();
    }

    /** Number of batches they were written in. */
    public long batches() {
        return writer.batches();
    }

    /** Number of bytes written. */
    public long bytesWritten() {
        return writer.bytesWritten();
    }

    /** Number of bytes that wait to be written. */
    public long backlogBytes() {
        return writer.backlogBytes();
    }

    /** Number of attempts to write that failed; the log repeats them. */
    public long writeFailures() {
        return writer.writeFailures();
    }

    /** Number of times the file was rotated. */
    public long rotations() {
        return file.rotations();
    }

    /** Number of rotations deleted because there were more than {@link EventLogOptions#backupCopies()}. */
    public long deletedRotations() {
        return syncer.deletedRotations();
    }

    /** How often, and how, other programs took the live file away. */
    public TakenAway takenAway() {
        return file.takenAway();
    }
}
