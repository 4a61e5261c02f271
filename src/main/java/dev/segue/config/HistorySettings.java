package dev.segue.config;

import static dev.segue.config.Setting.HISTORY_LISTENERS;
import static dev.segue.config.Setting.HISTORY_LISTENS;
import static dev.segue.config.Setting.HISTORY_RESTORE_MINUTES;
import static dev.segue.config.Setting.HISTORY_SESSION_TIMEOUT_MINUTES;

import java.util.OptionalInt;

/**
 * How much of the listeners' plays is remembered. {@link Setting} describes each setting.
 *
 * @param listeners absent for as many as the heap holds
 */
public record HistorySettings(OptionalInt listeners, int listens, int sessionTimeoutMinutes, int restoreMinutes) {

    public HistorySettings {
        listeners.ifPresent(HISTORY_LISTENERS::check);
        HISTORY_LISTENS.check(listens);
        HISTORY_SESSION_TIMEOUT_MINUTES.check(sessionTimeoutMinutes);
        HISTORY_RESTORE_MINUTES.check(restoreMinutes);
    }

    static HistorySettings read(LayeredSettings given) {
        return new HistorySettings(
                given.optionalInteger(HISTORY_LISTENERS),
                given.integer(HISTORY_LISTENS),
                given.integer(HISTORY_SESSION_TIMEOUT_MINUTES),
                given.integer(HISTORY_RESTORE_MINUTES));
    }
}
