package dev.segue.config;

import static dev.segue.config.Setting.RELOAD_KEEP_PREVIOUS;
import static dev.segue.config.Setting.RELOAD_MAX_LOST_PERCENT;
import static dev.segue.config.Setting.RELOAD_MAX_UNKNOWN_PLAYS_POINTS;
import static dev.segue.config.Setting.RELOAD_MAX_UNKNOWN_POINTS;
import static dev.segue.config.Setting.RELOAD_MAX_WITHOUT_NEIGHBOURS_POINTS;
import static dev.segue.config.Setting.RELOAD_MIN_KNOWN_PLAYS_PERCENT;
import static dev.segue.config.Setting.RELOAD_WATCH_SECONDS;

/** Which reloads are refused, and when the server reloads by itself. {@link Setting} describes each setting. */
public record ReloadSettings(
        int maxLostPercent,
        int maxUnknownPoints,
        int maxWithoutNeighboursPoints,
        int maxUnknownPlaysPoints,
        int minKnownPlaysPercent,
        boolean keepPrevious,
        int watchSeconds) {

    public ReloadSettings {
        RELOAD_MAX_LOST_PERCENT.check(maxLostPercent);
        RELOAD_MAX_UNKNOWN_POINTS.check(maxUnknownPoints);
        RELOAD_MAX_WITHOUT_NEIGHBOURS_POINTS.check(maxWithoutNeighboursPoints);
        RELOAD_MAX_UNKNOWN_PLAYS_POINTS.check(maxUnknownPlaysPoints);
        RELOAD_MIN_KNOWN_PLAYS_PERCENT.check(minKnownPlaysPercent);
        RELOAD_WATCH_SECONDS.check(watchSeconds);
    }

    static ReloadSettings read(LayeredSettings given) {
        return new ReloadSettings(
                given.integer(RELOAD_MAX_LOST_PERCENT),
                given.integer(RELOAD_MAX_UNKNOWN_POINTS),
                given.integer(RELOAD_MAX_WITHOUT_NEIGHBOURS_POINTS),
                given.integer(RELOAD_MAX_UNKNOWN_PLAYS_POINTS),
                given.integer(RELOAD_MIN_KNOWN_PLAYS_PERCENT),
                given.bool(RELOAD_KEEP_PREVIOUS),
                given.integer(RELOAD_WATCH_SECONDS));
    }
}
