package dev.segue.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to write the log.
 *
 * @param file the live file; its rotations are {@code file.000001}, {@code file.000002}, … in the same folder
 * @param maxBytes size at which the file is rotated, in bytes; 0 = no rotation
 * @param backupCopies number of rotations to keep, the oldest are deleted; null = all; 0 = no rotation, as in Python's
 *     {@code RotatingFileHandler}
 * @param maxAge age of a rotation's last event above which it is deleted; the live file is then rotated daily; null = never
 * @param fsyncInterval how often the file is forced to the disk, and so how much a power loss may lose; 0 = the
 *     operating system decides, and only rotated files and a closed log are forced
 * @param maxBacklogBytes backlog in memory above which the log is not writable, in bytes
 * @param stalledAfter duration of one write after which the log is not writable
 */
public record EventLogOptions(
        Path file,
        long maxBytes,
        @Nullable Integer backupCopies,
        @Nullable Duration maxAge,
        Duration fsyncInterval,
        long maxBacklogBytes,
        Duration stalledAfter) {

    /** Age at which the live file is rotated if there is a maximum age. */
    static final Duration LIVE_AGE = Duration.ofDays(1);

    private static final long MAX_BACKLOG_LIMIT = 1L << 30; // the backlog is one array

    public EventLogOptions {
        Objects.requireNonNull(file, "file");
        require(maxBytes >= 0, "the largest log size is 0 (never rotate) or more bytes, not " + maxBytes);
        require(
                backupCopies == null || backupCopies >= 0,
                "the number of rotations to keep is 0 or more, not " + backupCopies);
        require(maxAge == null || maxAge.toMillis() > 0, "the maximum age is longer than 0, not " + maxAge);
        require(!fsyncInterval.isNegative(), "the fsync interval is 0 (never) or longer, not " + fsyncInterval);
        require(
                maxBacklogBytes > 0 && maxBacklogBytes <= MAX_BACKLOG_LIMIT,
                "the backlog may have 1 to " + MAX_BACKLOG_LIMIT + " bytes, not " + maxBacklogBytes);
        require(
                !stalledAfter.isNegative() && !stalledAfter.isZero(),
                "the time after which a write is stalled is longer than 0, not " + stalledAfter);
    }

    /** The defaults: no rotation, an fsync interval of 100 ms, a backlog of at most 64 MiB, stalled after 100 ms. */
    public static EventLogOptions of(Path file) {
        return new EventLogOptions(file, 0, null, null, Duration.ofMillis(100), 64L << 20, Duration.ofMillis(100));
    }

    /** A copy with another size limit and number of rotations. */
    public EventLogOptions withRotation(long newMaxBytes, @Nullable Integer newBackupCopies) {
        return new EventLogOptions(
                file, newMaxBytes, newBackupCopies, maxAge, fsyncInterval, maxBacklogBytes, stalledAfter);
    }

    /** A copy with another maximum age. */
    public EventLogOptions withMaxAge(@Nullable Duration newMaxAge) {
        return new EventLogOptions(
                file, maxBytes, backupCopies, newMaxAge, fsyncInterval, maxBacklogBytes, stalledAfter);
    }

    /** A copy for another file. */
    EventLogOptions withFile(Path newFile) {
        return new EventLogOptions(
                newFile, maxBytes, backupCopies, maxAge, fsyncInterval, maxBacklogBytes, stalledAfter);
    }

    boolean rotates() {
        return maxBytes > 0 && (backupCopies == null || backupCopies > 0);
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
