package dev.segue.config;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of scalar settings. The file, the environment, the flags and the checks of the settings' records all read
 * it, and a test holds {@code config.schema.json} to it.
 *
 * <p>A constant is named as its key in capitals with {@code _} for {@code .}, which makes {@link #environmentName()}.
 */
enum Setting {
    TRACKS_CATALOG("TRACKS_CATALOG", Type.PATH, null),
    TRACKS_CATALOG_NN("TRACKS_CATALOG_NN", Type.PATH, null),
    TRACKS_METADATA("TRACKS_METADATA", Type.PATH, null),
    TOP_TRACKS_CATALOG("TOP_TRACKS_CATALOG", Type.PATH, null),
    RECOMMENDATIONS_FILE_PATH("RECOMMENDATIONS_FILE_PATH", Type.PATH, null),
    DATA_LOG_FILE("DATA_LOG_FILE", Type.PATH, "log/data.json"),
    DATA_LOG_FILE_MAX_BYTES("DATA_LOG_FILE_MAX_BYTES", 0, Long.MAX_VALUE, 100L << 20),
    DATA_LOG_FILE_BACKUP_COPIES("DATA_LOG_FILE_BACKUP_COPIES", 1, Integer.MAX_VALUE, null),
    SEED("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0L),

    SERVER_HOST("server.host", Type.TEXT, "127.0.0.1"),
    SERVER_PORT("server.port", 0, 65_535, 5000L),
    SERVER_HEALTH_PORT("server.health_port", 0, 65_535, null),
    SERVER_MAX_CONNECTIONS("server.max_connections", 16, 1_000_000, null),
    SERVER_SELECTORS("server.selectors", 1, 64, 1L),
    SERVER_MAX_THREADS("server.max_threads", 8, 10_000, 64L),
    SERVER_MAX_BODY_BYTES("server.max_body_bytes", 256, 1 << 20, 16_384L),
    SERVER_IDLE_TIMEOUT_SECONDS("server.idle_timeout_seconds", 1, 86_400, 60L),
    SERVER_LOG_WAIT_MS("server.log_wait_ms", 0, 60_000, 2000L),
    SERVER_STOP_TIMEOUT_MS("server.stop_timeout_ms", 0, 600_000, 5000L),
    SERVER_ALLOW_ORIGIN("server.allow_origin", Type.TEXT, null),

    LOG_FSYNC_INTERVAL_MS("log.fsync_interval_ms", 1, 60_000, 100L),
    LOG_STALLED_AFTER_MS("log.stalled_after_ms", 1, 60_000, 100L),
    LOG_MAX_BACKLOG_BYTES("log.max_backlog_bytes", 1 << 16, 1 << 30, 8L << 20),

    HISTORY_LISTENERS("history.listeners", 1, 100_000_000, null),
    HISTORY_LISTENS("history.listens", 1, 10_000, 100L),
    HISTORY_SESSION_TIMEOUT_MINUTES("history.session_timeout_minutes", 1, 100_000, 30L),
    HISTORY_RESTORE_MINUTES("history.restore_minutes", 1, 10_000_000, 120L);

    enum Type {
        TEXT,
        PATH,
        INTEGER
    }

    static final String ENVIRONMENT_PREFIX = "SEGUE_";

    private final String key;
    private final Type type;
    private final @Nullable String defaultText;
    private final long least;
    private final long most;

    Setting(String key, Type type, @Nullable String defaultText) {
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.least = 0;
        this.most = 0;
    }

    Setting(String key, long least, long most, @Nullable Long defaultValue) {
        this.key = key;
        this.type = Type.INTEGER;
        this.defaultText = defaultValue == null ? null : defaultValue.toString();
        this.least = least;
        this.most = most;
    }

    /** Where it stands in the file and what its flag is called, such as {@code server.port}. */
    String key() {
        return key;
    }

    Type type() {
        return type;
    }

    /** The default as the environment would spell it; null if there is none. */
    @Nullable
    String defaultText() {
        return defaultText;
    }

    /** The range of an {@link Type#INTEGER}. */
    Range range() {
        return new Range(least, most);
    }

    /** Such as {@code SEGUE_SERVER_PORT}. */
    String environmentName() {
        return ENVIRONMENT_PREFIX + name();
    }

    /** The file's section that holds it, or "" for the top level. */
    String section() {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    String keyInSection() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** The keys of a section, in this table's order. */
    static Set<String> keysOf(String section) {
        Set<String> keys = new LinkedHashSet<>();
        for (Setting setting : values()) {
            if (setting.section().equals(section)) {
                keys.add(setting.keyInSection());
            }
        }
        return keys;
    }

    /** Throws {@link IllegalArgumentException} unless the value is in range. */
    void check(long value) {
        range().check(key, value);
    }
}
