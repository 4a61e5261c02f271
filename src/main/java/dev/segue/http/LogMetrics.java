package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.event.TakenAwayCounts;

/** The metrics of the event log. */
final class LogMetrics {

    private LogMetrics() {}

    static void register(MetricRegistry registry, EventLog log) {
        registry.count("segue_log_events_total", "Events written to the log.", log::eventsWritten);
        registry.count(
                "segue_log_batches_total", "Writes to the log; one holds the events of many requests.", log::batches);
        registry.count("segue_log_bytes_total", "Bytes written to the log.", log::bytesWritten);
        registry.count(
                "segue_log_write_failures_total",
                "Writes to the log that failed and were tried again.",
                log::writeFailures);
        registry.gauge("segue_log_backlog_bytes", "Bytes of events that wait to be written.", log::backlogBytes);
        registry.gauge(
                "segue_log_writable",
                "1 if the log takes events, 0 if requests wait for it.",
                () -> log.isWritable() ? 1 : 0);
        registerFiles(registry, log);
    }

    private static void registerFiles(MetricRegistry registry, EventLog log) {
        registry.count("segue_log_rotations_total", "Rotations of the log file.", log::rotations);
        registry.count(
                "segue_log_rotations_deleted_total",
                "Rotated log files deleted because of DATA_LOG_FILE_BACKUP_COPIES or log.keep_days.",
                log::deletedRotations);
        TakenAwayCounts takenAway = log.takenAwayCounts();
        registry.count(
                "segue_log_taken_away_total",
                "Times another program took the live log file away, and it was opened anew, by what happened to it.",
                "how",
                counts -> {
                    for (TakenAwayCounts.Way way : TakenAwayCounts.Way.values()) {
                        counts.accept(way.text(), (double) takenAway.times(way));
                    }
                });
        registry.count(
                "segue_log_events_rewritten_total",
                "Events written again because the file that held them was taken away; they may stand in both files.",
                takenAway::eventsRewritten);
    }
}
