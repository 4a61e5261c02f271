package dev.segue.config;

import static dev.segue.config.Setting.LOG_FSYNC_INTERVAL_MS;
import static dev.segue.config.Setting.LOG_MAX_BACKLOG_BYTES;
import static dev.segue.config.Setting.LOG_STALLED_AFTER_MS;

/** How the event log is written. {@link Setting} describes each setting. */
public record LogSettings(int fsyncIntervalMs, int stalledAfterMs, int maxBacklogBytes) {

    public LogSettings {
        LOG_FSYNC_INTERVAL_MS.check(fsyncIntervalMs);
        LOG_STALLED_AFTER_MS.check(stalledAfterMs);
        LOG_MAX_BACKLOG_BYTES.check(maxBacklogBytes);
    }

    static LogSettings read(LayeredSettings given) {
        return new LogSettings(
                given.integer(LOG_FSYNC_INTERVAL_MS),
                given.integer(LOG_STALLED_AFTER_MS),
                given.integer(LOG_MAX_BACKLOG_BYTES));
    }
}
