package dev.segue.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to write the log.
 *
 * @param file the live file; its rotations are its neighbours {@code file.000001}, {@code file.000002}, …
 * @param maxBytes size the file may reach before it is rotated away; 0 = it is never rotated
 * @param backupCopies how many rotations to keep, the oldest are deleted; null = all; 0 = the file is never rotated, as
 *     in Python's {@code RotatingFileHandler}
 * @param fsyncInterval how often the file is forced to the disk, and so how much a power loss may take; 0 = the operating
 *     system decides, and only rotated files and a closed log are forced
 * @param maxBacklogBytes how much may wait in memory before the log counts as not writable
 * @param stalledAfter how long one write may take before the log counts as not writable
 */
public record EventLogOptions(
        Path file,
        long maxBytes,
        @Nullable Integer backupCopies,
        Duration fsyncInterval,
        long maxBacklogBytes,
        Duration stalledAfter) {

    private static final long MAX_BACKLOG_LIMIT = 1L << 30; // the backlog lives in one array

    public EventLogOptions {
        Objects.requireNonNull(file, "file");
        require(maxBytes >= 0, "the largest log size is 0 (never rotate) or more bytes, not " + maxBytes);
        require(
                backupCopies == null || backupCopies >= 0,
                "the number of rotations to keep is 0 or more, not " + backupCopies);
        require(!fsyncInterval.isNegative(), "the fsync interval is 0 (never) or longer, not " + fsyncInterval);
        require(
                maxBacklogBytes > 0 && maxBacklogBytes <= MAX_BACKLOG_LIMIT,
                "the backlog may have 1 to " + MAX_BACKLOG_LIMIT + " bytes, not " + maxBacklogBytes);
        require(
                !stalledAfter.isNegative() && !stalledAfter.isZero(),
                "a write is stalled after more than no time, not " + stalledAfter);
    }

    /** Never rotated, forced every 100 ms, at most 64 MiB of backlog, stalled after 100 ms. */
    public static EventLogOptions of(Path file) {
        return new EventLogOptions(file, 0, null, Duration.ofMillis(100), 64L << 20, Duration.ofMillis(100));
    }

    /** The same with another size limit and number of rotations. */
    public EventLogOptions withRotation(long newMaxBytes, @Nullable Integer newBackupCopies) {
        return new EventLogOptions(file, newMaxBytes, newBackupCopies, fsyncInterval, maxBacklogBytes, stalledAfter);
    }

    /** The same for another file. */
    EventLogOptions withFile(Path newFile) {
        return new EventLogOptions(newFile, maxBytes, backupCopies, fsyncInterval, maxBacklogBytes, stalledAfter);
    }

    boolean rotates() {
        return maxBytes > 0 && (backupCopies == null || backupCopies > 0);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
