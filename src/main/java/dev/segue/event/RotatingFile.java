package dev.segue.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live file of the log. It is replaced by a new file when it is full, and when another program takes it away. Used
 * by the writer thread only.
 *
 * <p>The file is rotated at the end of a line and only if the next line does not fit. So each file contains whole lines
 * and is no larger than the limit (unless a single line is), and the order of the names is the order of the lines.
 *
 * <p><b>When the file is taken away.</b> The path is checked before and after each write. Lines count as written only
 * if the second check finds the same file, not truncated. Unconfirmed lines are written again to the file that is then
 * at the path, so no line is acknowledged that was written to an unlinked file. The acknowledged lines of the last
 * seconds are written again too ({@link RecentLines}), unless the file was only renamed within its folder. These lines
 * may appear in both the old file and the new one; earlier lines are only in the old file.
 */
final class RotatingFile implements LogWriter.Lines {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingFile.class);
    private static final long RENEW_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MAX_LOSSES_PER_WRITE = 8;
    private static final ByteBuffer NO_LINES = ByteBuffer.allocate(0);

    private final EventLogOptions options;
    private final LogFile.Opener opener;
    private final LogFileLock lock;
    private final FsyncThread syncer;
    private final AtomicLong rotations = new AtomicLong();
    private final TakenAwayCounts takenAwayCounts = new TakenAwayCounts();
    private final RecentLines recent = new RecentLines(System::nanoTime);
    private ByteBuffer rewrites = NO_LINES; // lines of a file that was taken away, to be written again first
    private @Nullable LiveFile live; // null between a rename and the opening of the new file
    private long renewedAt = System.nanoTime();
    private long lastNumber;
    private long begunMillis = Long.MAX_VALUE; // time of the live file's first event; ms since 1970
    private volatile boolean isRotationRequested;

    /** @param lock the acquired lock of the file */
    RotatingFile(EventLogOptions options, LogFile.Opener opener, LogFileLock lock, FsyncThread syncer)
            throws IOException {
        this.options = options;
        this.opener = opener;
        this.lock = lock;
        this.syncer = syncer;
        this.live = LiveFile.open(options.file(), opener);
        lock.lockLogFile();
        begunMillis = firstMillis();
    }

    /**
     * Appends lines, or only checks the file if there are none. After an exception, another call with the same buffer
     * continues where this one stopped, so that lines are not written twice to one file.
     *
     * @param lines whole lines; the buffer's mark, initially at its start, is moved to the end of the confirmed lines
     */
    @Override
    public void write(ByteBuffer lines) throws IOException {
        int losses = 0;
        boolean isDone;
        do {
            LiveFile file = currentFile(lines);
            boolean isRewrite = rewrites.hasRemaining();
            ByteBuffer next = isRewrite ? rewrites : lines;
            if (isDue(file) && !isInsideLine(next)) {
                rotate(file);
                file = currentFile(lines);
            }
            if (next.hasRemaining() && !writePart(file, next, isRewrite) && ++losses == MAX_LOSSES_PER_WRITE) {
                throw new IOException("another program keeps taking the file away");
            }
            isDone = !rewrites.hasRemaining() && !lines.hasRemaining();
        } while (!isDone);
    }

    /**
     * Writes the lines that fit into the file, or rotates it if none do; returns false if the file was taken away
     * meanwhile.
     */
    private boolean writePart(LiveFile file, ByteBuffer lines, boolean isRewrite) throws IOException {
        int end = lines.limit();
        int part = options.rotates() ? endOfFittingLines(lines, file.size()) : end;
        if (part == lines.position()) {
            rotate(file);
            return true;
        }
        if (file.size() == 0) {
            begunMillis = System.currentTimeMillis();
        }
        try {
            file.append(lines.limit(part));
        } finally {
            lines.limit(end);
            syncer.markDirty(file.file());
        }
        int confirmed = lines.reset().position();
        if (file.check() != LiveFile.Check.IN_PLACE) {
            takenAwayCounts.addRewritten(RecentLines.count(lines, confirmed, part));
            return false;
        }
        if (isRewrite) {
            takenAwayCounts.addRewritten(RecentLines.count(lines, confirmed, part));
        } else {
            recent.add(lines, confirmed, part);
        }
        lines.position(part).mark();
        return true;
    }

    /** The end of the lines that fit into the file; the buffer's position if the file must be rotated first. */
    private int endOfFittingLines(ByteBuffer lines, long fileSize) {
        int start = lines.position();
        long available = options.maxBytes() - fileSize;
        if (lines.remaining() <= available) {
            return lines.limit();
        }
        for (long i = start + available - 1; i >= start; i--) {
            if (lines.get((int) i) == '\n') {
                return (int) i + 1;
            }
        }
        return fileSize > 0 && !isInsideLine(lines) ? start : endOfLine(lines);
    }

    /** Whether the file ends within a line: after a partial write that could not be truncated. */
    private static boolean isInsideLine(ByteBuffer lines) {
        int start = lines.position();
        return start > 0 && lines.get(start - 1) != '\n';
    }

    /** Whether the file is to be rotated although it is not full: by a request, or because of its age. */
    private boolean isDue(LiveFile file) {
        if (file.size() == 0) {
            isRotationRequested = false;
            return false;
        }
        return isRotationRequested
                || (options.maxAge() != null
                        && begunMillis < System.currentTimeMillis() - EventLogOptions.LIVE_AGE.toMillis());
    }

    /** Rotates the file at its next write, or when it is checked next, unless it is empty. */
    void requestRotation() {
        isRotationRequested = true;
    }

    /** Whether a request is not fulfilled yet. */
    boolean isRotationRequested() {
        return isRotationRequested;
    }

    private static int endOfLine(ByteBuffer lines) {
        int i = lines.position();
        while (lines.get(i) != '\n') {
            i++;
        }
        return i + 1;
    }

    private void rotate(LiveFile file) throws IOException {
        List<Path> existing = EventLogFiles.rotations(options.file());
        long highest = existing.isEmpty() ? 0 : EventLogFiles.number(options.file(), existing.get(existing.size() - 1));
        long number = Math.max(lastNumber, highest) + 1;
        try {
            Files.move(options.file(), EventLogFiles.rotation(options.file(), number));
        } catch (NoSuchFileException e) {
            return; // taken away; the next check reports it
        }
        lastNumber = number;
        live = null;
        isRotationRequested = false;
        recent.clear();
        syncer.retire(file.file());
        rotations.incrementAndGet();
    }

    /**
     * The open file at the path. If the file was taken away, opens a new one and resets the buffer to its unconfirmed
     * lines.
     */
    private LiveFile currentFile(ByteBuffer lines) throws IOException {
        LiveFile file = live;
        if (file != null) {
            LiveFile.Check check = file.check();
            if (check == LiveFile.Check.IN_PLACE) {
                renewLock();
                return file;
            }
            abandon(file, check);
            lines.reset();
        }
        return open();
    }

    private void renewLock() throws IOException {
        long now = System.nanoTime();
        if (now - renewedAt > RENEW_NANOS) {
            lock.renew();
            renewedAt = now;
        }
    }

    private void abandon(LiveFile file, LiveFile.Check check) throws IOException {
        boolean isRenamed =
                check != LiveFile.Check.TRUNCATED && EventLogFiles.anyInFolder(options.file(), file::matches);
        if (rewrites.hasRemaining()) {
            rewrites.rewind().mark();
        } else {
            rewrites = isRenamed ? NO_LINES : recent.copy().mark();
        }
        if (isRenamed) {
            recent.clear();
        }
        live = null;
        syncer.retire(file.file());
        takenAwayCounts.record(options.file(), isRenamed ? TakenAwayCounts.Way.RENAMED : TakenAwayCounts.Way.of(check));
    }

    private LiveFile open() throws IOException {
        lock.prepare();
        LiveFile file = LiveFile.open(options.file(), opener);
        try {
            lock.lockLogFile();
            if (rewrites.hasRemaining() && file.size() > 0) {
                rewrites = RecentLines.missingFrom(options.file(), rewrites).mark();
            }
        } catch (IOException | RuntimeException e) {
            syncer.retire(file.file());
            throw e;
        }
        live = file;
        begunMillis = firstMillis();
        return file;
    }

    private long firstMillis() {
        return options.maxAge() == null
                ? Long.MAX_VALUE
                : EventReader.firstTimestamp(options.file(), LogRules.SERVED).orElse(Long.MAX_VALUE);
    }

    /** Schedules the file to be forced and closed. */
    @Override
    public void retire() {
        if (rewrites.hasRemaining()) {
            LOG.error(
                    "{} acknowledged events of {} were in the file that was taken away and could not be written again",
                    RecentLines.count(rewrites, rewrites.position(), rewrites.limit()),
                    options.file());
        }
        if (live != null) {
            syncer.retire(live.file());
            live = null;
        }
    }

    long rotations() {
        return rotations.get();
    }

    TakenAwayCounts takenAwayCounts() {
        return takenAwayCounts;
    }
}
