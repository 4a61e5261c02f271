package dev.segue.http;

import dev.segue.config.Configuration;
import dev.segue.event.EventLogOptions;
import java.time.Duration;

/** The options of the event log that a configuration names. */
final class ConfiguredLog {

    private ConfiguredLog() {}

    static EventLogOptions options(Configuration configuration) {
        return new EventLogOptions(
                configuration.dataLogFile(),
                configuration.dataLogFileMaxBytes(),
                configuration.dataLogFileBackupCopies().isPresent()
                        ? configuration.dataLogFileBackupCopies().getAsInt()
                        : null,
                configuration.log().keepDays().isPresent()
                        ? Duration.ofDays(configuration.log().keepDays().getAsInt())
                        : null,
                Duration.ofMillis(configuration.log().fsyncIntervalMs()),
                configuration.log().maxBacklogBytes(),
                Duration.ofMillis(configuration.log().stalledAfterMs()));
    }
}
