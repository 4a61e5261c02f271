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
 * The live file of the log, which starts anew when it is full, and when another program takes it away. Used by the writer
 * thread only.
 *
 * <p>It is renamed at the end of a line and only when the next line does not fit, so every file holds whole lines, is no
 * larger than the limit (unless one line is), and the names in order give the lines in order.
 *
 * <p><b>When the file is taken away.</b> The path is looked at before each write and after it, and lines count as written only
 * if the second look found the same file, no shorter than it should be. Lines of which that is not certain are written again
 * to the file that the path leads to then, so no line is acknowledged that was written to a file without a name. Of lines that
 * were acknowledged before, those of the last seconds are written again too ({@link RecentLines}), unless the file was only
 * renamed within its folder. Such lines may stand twice, in the file that went away and in the new one; older ones went the
 * way that their file went.
 */
final class RotatingFile implements LogWriter.Lines {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingFile.class);
    private static final long CLAIM_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MOST_LOSSES_A_WRITE = 8;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLogOptions options;
    private final LogFile.Opener opener;
    private final LogFileLock claim;
    private final FsyncThread syncer;
    private final AtomicLong rotations = new AtomicLong();
    private final TakenAway takenAway = new TakenAway();
    private final RecentLines recent = new RecentLines(System::nanoTime);
    private ByteBuffer again = NOTHING; // lines of a file that was taken away, to be written before all others
    private @Nullable LiveFile live; // null between a rename and the opening of the new file
    private long claimedAt = System.nanoTime();
    private long lastNumber;

    /** @param claim of the file, which has been prepared */
    RotatingFile(EventLogOptions options, LogFile.Opener opener, LogFileLock claim, FsyncThread syncer)
            throws IOException {
        this.options = options;
        this.opener = opener;
        this.claim = claim;
        this.syncer = syncer;
        this.live = LiveFile.open(options.file(), opener);
        claim.lockFile();
    }

    /**
     * Appends lines; without any, it only looks whether the file is in its place. After an exception a second call with the
     * same buffer goes on where this one stopped, so that nothing is written twice to one file.
     *
     * @param lines whole lines; the buffer's mark is set to its start at first, and then tells what is written for certain
     */
    @Override
    public void write(ByteBuffer lines) throws IOException {
        int losses = 0;
        boolean isDone;
        do {
            LiveFile file = inPlace(lines);
            boolean isAgain = again.hasRemaining();
            ByteBuffer next = isAgain ? again : lines;
            if (next.hasRemaining() && !step(file, next, isAgain) && ++losses == MOST_LOSSES_A_WRITE) {
                throw new IOException("another program takes the file away again and again");
            }
            isDone = !again.hasRemaining() && !lines.hasRemaining();
        } while (!isDone);
    }

    /** Writes what the file has room for, or rotates it if that is nothing; false if the file was taken away meanwhile. */
    private boolean step(LiveFile file, ByteBuffer lines, boolean isAgain) throws IOException {
        int end = lines.limit();
        int part = options.rotates() ? endOfFittingLines(lines, file.size()) : end;
        if (part == lines.position()) {
            rotate(file);
            return true;
        }
        try {
            file.append(lines.limit(part));
        } finally {
            lines.limit(end);
            syncer.wrote(file.file());
        }
        int certain = lines.reset().position();
        if (file.look() != LiveFile.Look.IN_PLACE) {
            takenAway.writtenAgain(RecentLines.count(lines, certain, part));
            return false;
        }
        if (isAgain) {
            takenAway.writtenAgain(RecentLines.count(lines, certain, part));
        } else {
            recent.add(lines, certain, part);
        }
        lines.position(part).mark();
        return true;
    }

    /** Where the lines end that the file has room for; the position itself if it must be rotated first. */
    private int endOfFittingLines(ByteBuffer lines, long fileSize) {
        int start = lines.position();
        long room = options.maxBytes() - fileSize;
        if (lines.remaining() <= room) {
            return lines.limit();
        }
        for (long i = start + room - 1; i >= start; i--) {
            if (lines.get((int) i) == '\n') {
                return (int) i + 1;
            }
        }
        boolean insideLine = start > 0 && lines.get(start - 1) != '\n'; // a torn write that could not be taken back
        return fileSize > 0 && !insideLine ? start : endOfLine(lines);
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
            return; // taken away just now, as the next look shows
        }
        lastNumber = number;
        live = null;
        recent.clear();
        syncer.retire(file.file());
        rotations.incrementAndGet();
    }

    /** The open file that the path leads to; what is not certain to be written is not written, if it had to be opened. */
    private LiveFile inPlace(ByteBuffer lines) throws IOException {
        LiveFile file = live;
        if (file != null) {
            LiveFile.Look look = file.look();
            if (look == LiveFile.Look.IN_PLACE) {
                renewClaim();
                return file;
            }
            giveUp(file, look);
            lines.reset();
        }
        return open();
    }

    private void renewClaim() throws IOException {
        long now = System.nanoTime();
        if (now - claimedAt > CLAIM_NANOS) {
            claim.renew();
            claimedAt = now;
        }
    }

    private void giveUp(LiveFile file, LiveFile.Look look) throws IOException {
        boolean isRenamed = look != LiveFile.Look.SHORTENED && EventLogFiles.standsInFolder(options.file(), file::is);
        if (again.hasRemaining()) {
            again.rewind().mark();
        } else {
            again = isRenamed ? NOTHING : recent.copy().mark();
        }
        if (isRenamed) {
            recent.clear();
        }
        live = null;
        syncer.retire(file.file());
        takenAway.count(options.file(), isRenamed ? TakenAway.Way.RENAMED : TakenAway.Way.of(look));
    }

    private LiveFile open() throws IOException {
        claim.prepare();
        LiveFile file = LiveFile.open(options.file(), opener);
        try {
            claim.lockFile();
            if (again.hasRemaining() && file.size() > 0) {
                again = RecentLines.missingFrom(options.file(), again).mark();
            }
        } catch (IOException | RuntimeException e) {
            syncer.retire(file.file());
            throw e;
        }
        live = file;
        return file;
    }

    /** Hands the file over to be forced and closed. */
    @Override
    public void retire() {
        if (again.hasRemaining()) {
            LOG.error(
                    "{} acknowledged events of {} went with the file that was taken away, and could not be written again",
                    RecentLines.count(again, again.position(), again.limit()),
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

    TakenAway takenAway() {
        return takenAway;
    }
}
