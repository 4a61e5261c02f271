package dev.segue.config;

import static dev.segue.config.Setting.LOG_FSYNC_INTERVAL_MS;
import static dev.segue.config.Setting.LOG_KEEP_DAYS;
import static dev.segue.config.Setting.LOG_MAX_BACKLOG_BYTES;
import static dev.segue.config.Setting.LOG_STALLED_AFTER_MS;

import java.util.OptionalInt;

/** How the event log is written. {@link Setting} describes each setting. */
public record LogSettings(int fsyncIntervalMs, int stalledAfterMs, int maxBacklogBytes, OptionalInt keepDays) {

    public LogSettings {
        LOG_FSYNC_INTERVAL_MS.check(fsyncIntervalMs);
        LOG_STALLED_AFTER_MS.check(stalledAfterMs);
        LOG_MAX_BACKLOG_BYTES.check(maxBacklogBytes);
        keepDays.ifPresent(LOG_KEEP_DAYS::check);
    }

    static LogSettings read(LayeredSettings given) {
        return new LogSettings(
                given.integer(LOG_FSYNC_INTERVAL_MS),
                given.integer(LOG_STALLED_AFTER_MS),
                given.integer(LOG_MAX_BACKLOG_BYTES),
                given.optionalInteger(LOG_KEEP_DAYS));
    }
}
