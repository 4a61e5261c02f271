package dev.segue.config;

import static dev.segue.config.Scalar.bool;
import static dev.segue.config.Scalar.integer;
import static dev.segue.config.Scalar.path;
import static dev.segue.config.Scalar.secret;
import static dev.segue.config.Scalar.secrets;
import static dev.segue.config.Scalar.text;

import org.jspecify.annotations.Nullable;

/**
 * The table of scalar settings. File, environment and flags are read and checked by it, and {@code config.schema.json} and the
 * configuration reference are generated from it.
 *
 * <p>The name of a constant is its key in capitals, with {@code _} for {@code .}; {@link #environmentName()} relies on that.
 */
enum Setting {
    TRACKS_CATALOG(
            "TRACKS_CATALOG",
            path(),
            "Tracks, with their neighbours for recommenders of type `contextual`. Required, in the file, as a"
                    + " flag or as an environment variable."),
    TRACKS_CATALOG_NN(
            "TRACKS_CATALOG_NN",
            path(),
            "Tracks, with their neighbours for recommenders of type `new`. Required if there is such a"
                    + " recommender."),
    TRACKS_METADATA("TRACKS_METADATA", path(), "Artists and titles of the tracks, if the catalogs lack them."),
    TOP_TRACKS_CATALOG("TOP_TRACKS_CATALOG", path(), "The most popular tracks, best first."),
    RECOMMENDATIONS_FILE_PATH(
            "RECOMMENDATIONS_FILE_PATH", path(), "The listeners' own lists, for recommenders of type `indexed`."),
    DATA_LOG_FILE("DATA_LOG_FILE", path("log/data.json"), "The event log. It is created if it does not exist."),
    DATA_LOG_FILE_MAX_BYTES(
            "DATA_LOG_FILE_MAX_BYTES",
            integer(0, Long.MAX_VALUE, 100L << 20),
            "Size in bytes at which the event log is rotated; 0 for never."),
    DATA_LOG_FILE_BACKUP_COPIES(
            "DATA_LOG_FILE_BACKUP_COPIES",
            integer(1, Integer.MAX_VALUE),
            "Number of rotated event logs to keep. Without it, all are kept."),
    STATE_FOLDER(
            "STATE_FOLDER",
            path("state"),
            "Folder of the listeners' feedback, of withdrawn tracks, of the record of learnings, of kept generations and of parsed"
                    + " catalogs. It is created by the first of them."
                    + " Each server needs one of its own."),
    SEED(
            "seed",
            integer(Long.MIN_VALUE, Long.MAX_VALUE, 0),
            "Seed of all random draws. The same seed, log and requests give the same responses on any server."),

    SERVER_HOST("server.host", text("127.0.0.1"), "Address to listen on; `0.0.0.0` for all addresses of the machine."),
    SERVER_PORT("server.port", integer(0, 65_535, 5000), "TCP port to listen on; 0 for any free one."),
    SERVER_HEALTH_PORT(
            "server.health_port",
            integer(0, 65_535),
            "Second TCP port, for `/health/live`, `/health/ready` and `/metrics` alone; 0 for any free one. Its"
                    + " requests do not wait for those of the first port. Without it, there is no second port."),
    SERVER_MAX_CONNECTIONS(
            "server.max_connections",
            integer(16, 1_000_000),
            "Most connections open at once. Further ones get 503 with `Retry-After`, or wait to be accepted."
                    + " Without it, as many as an eighth of the heap holds at 16 KB each."),
    SERVER_MAX_REQUESTS(
            "server.max_requests",
            integer(1, 1_000_000),
            "Most requests in progress at once, with those that wait for the event log or for a slow recommender. Further"
                    + " ones get 503 with `Retry-After`. Without it, as many as an eighth of the heap holds at 16 KB each, and"
                    + " no more than `server.max_connections`."),
    SERVER_SELECTORS("server.selectors", integer(1, 64, 1), "Number of threads that wait for network events."),
    SERVER_MAX_THREADS("server.max_threads", integer(8, 10_000, 64), "Most threads of the HTTP server."),
    SERVER_MAX_BODY_BYTES(
            "server.max_body_bytes",
            integer(256, 1 << 20, 16_384),
            "Longest accepted request body, in bytes. That of `POST /next_tracks` may be 64 times as long."),
    SERVER_IDLE_TIMEOUT_SECONDS(
            "server.idle_timeout_seconds",
            integer(1, 86_400, 60),
            "Seconds after which an idle connection is closed. A request with its body must arrive in the same"
                    + " time."),
    SERVER_LOG_WAIT_MS(
            "server.log_wait_ms",
            integer(0, 60_000, 2000),
            "Milliseconds that a request waits for an event log that cannot be written, before it gets 503."),
    SERVER_RECOMMENDER_WAIT_MS(
            "server.recommender_wait_ms",
            integer(0, 60_000, 500),
            "Milliseconds that a request waits for a thread of the slow recommenders, before it gets 503. While requests arrive faster"
                    + " than they are served, it waits 20 ms at most."),
    SERVER_STOP_GRACE_MS(
            "server.stop_grace_ms",
            integer(0, 600_000, 0),
            "Milliseconds for which a server that is told to stop continues to serve while `/health/ready` responds 503. Set it to the"
                    + " time in which a load balancer notices that."),
    SERVER_STOP_TIMEOUT_MS(
            "server.stop_timeout_ms",
            integer(0, 600_000, 5000),
            "Milliseconds that a stop waits for requests in progress."),
    SERVER_ALLOW_ORIGIN(
            "server.allow_origin",
            text(),
            "Origins whose pages may read responses (`Access-Control-Allow-Origin`), such as"
                    + " `https://example.org`, with commas between them, or `*` for all. Without it, only pages of the"
                    + " server itself may."),
    SERVER_ALLOW_HOSTS(
            "server.allow_hosts",
            text(),
            "Names that requests may have in their `Host` header, such as `music.example.org`, with commas between them."
                    + " IP addresses, `localhost` and `server.host` are always accepted. Without it, a server that listens on the"
                    + " loopback interface alone accepts no other names, and another one accepts all."),
    SERVER_FORWARDED(
            "server.forwarded",
            bool(false),
            "Whether host, scheme and client address of a request are those that a reverse proxy states in `Forwarded` or"
                    + " `X-Forwarded-*`. Only behind a proxy that sets or removes these headers; clients could otherwise choose them."),
    SERVER_H2C(
            "server.h2c",
            bool(false),
            "Whether `server.port` also speaks HTTP/2 without TLS: to clients that begin with its preface (prior knowledge), and to those"
                    + " that ask for it by `Upgrade: h2c`. Not together with `tls`."),

    LOG_FSYNC_INTERVAL_MS(
            "log.fsync_interval_ms",
            integer(1, 60_000, 100),
            "Milliseconds after which written events are forced to the disk. A power loss takes at most the"
                    + " events of one interval."),
    LOG_STALLED_AFTER_MS(
            "log.stalled_after_ms",
            integer(1, 60_000, 100),
            "Duration of one write, in milliseconds, after which the log counts as stalled."),
    LOG_MAX_BACKLOG_BYTES(
            "log.max_backlog_bytes",
            integer(1 << 16, 1 << 30, 8L << 20),
            "Most bytes of events that wait in memory to be written."),

    LOG_KEEP_DAYS(
            "log.keep_days",
            integer(1, 36_500),
            "Days after its last event for which a rotated event log is kept. With it, the log is rotated every day. Without it,"
                    + " age deletes none."),

    HISTORY_LISTENERS(
            "history.listeners",
            integer(1, 100_000_000),
            "Most listeners that are remembered. The listener with the longest silence is forgotten first."
                    + " Without it, as many as three eighths of the heap hold, 1,000,000 at most."),
    HISTORY_LISTENS(
            "history.listens", integer(1, 10_000, 100), "Number of a session's last tracks that are remembered."),
    HISTORY_SESSION_TIMEOUT_MINUTES(
            "history.session_timeout_minutes", integer(1, 100_000, 30), "Minutes of silence that end a session."),
    HISTORY_RESTORE_MINUTES(
            "history.restore_minutes",
            integer(1, 10_000_000, 120),
            "Minutes of the event log that a start reads at least, for histories and request ids. A start never"
                    + " reads less than the session timeout."),

    LEARN_EVERY_HOURS(
            "learn.every_hours",
            integer(1, 8760),
            "Hours from the end of one learning to the start of the next. A child process of low priority learns from the event log as"
                    + " `segue learn` does, and the server reloads the files. Without it, the server learns only on request."),
    LEARN_MEMORY_MB(
            "learn.memory_mb", integer(128, 1 << 20, 1024), "Largest heap of the process that learns, in megabytes."),
    LEARN_KEEP_GENERATIONS(
            "learn.keep_generations",
            integer(1, 1000, 3),
            "Number of generations whose files are kept in `STATE_FOLDER`: learned ones, and the one that the first of them replaced."
                    + " The oldest is deleted first."),
    LEARN_INTO(
            "learn.into",
            text(),
            "The only arm of the serving experiment whose files are learned, such as `T1`; the other arms keep theirs, so that the report"
                    + " shows the effect of the new files. Without it, all files are learned."),

    RELOAD_MAX_LOST_PERCENT(
            "reload.max_lost_percent",
            integer(0, 100, 20),
            "Largest share of tracks, lists of neighbours, listeners' lists or the first 1,000 top tracks that a reload may lose, and of"
                    + " tracks that it may rename, in percent."),
    RELOAD_MAX_UNKNOWN_POINTS(
            "reload.max_unknown_points",
            integer(0, 100, 20),
            "Largest growth of the share of unknown tracks in the lists of a file, in percentage points."),
    RELOAD_MAX_WITHOUT_NEIGHBOURS_POINTS(
            "reload.max_without_neighbours_points",
            integer(0, 100, 20),
            "Largest growth of the share of tracks without neighbours in either catalog, in percentage points."),
    RELOAD_MAX_UNKNOWN_PLAYS_POINTS(
            "reload.max_unknown_plays_points",
            integer(0, 100, 20),
            "Largest growth of the share of the last day's plays whose tracks the catalogs lack, in percentage points."),
    RELOAD_MIN_KNOWN_PLAYS_PERCENT(
            "reload.min_known_plays_percent",
            integer(0, 100, 50),
            "Share of the last day's plays whose tracks the catalogs must have, in percent. Less is accepted if the share does not"
                    + " fall. 0 accepts any share."),
    RELOAD_KEEP_PREVIOUS(
            "reload.keep_previous",
            bool(true),
            "Whether the memory keeps the generation that served before, for `POST /admin/rollback`."),
    RELOAD_WATCH_SECONDS(
            "reload.watch_seconds",
            integer(0, 86_400, 0),
            "Seconds between looks at the files that a reload loads. Files that have changed, and not again since the last"
                    + " look, are reloaded. 0 for never."),

    ADAPTERS_LISTENBRAINZ_TOKENS(
            "adapters.listenbrainz_tokens",
            secrets(),
            "Tokens of ListenBrainz clients by listener id, such as `{\"anna\": \"TOKEN\"}`. Without it, the endpoints of"
                    + " ListenBrainz are off."),
    ADAPTERS_OPENSUBSONIC_USERS(
            "adapters.opensubsonic_users",
            secrets(),
            "Passwords of Subsonic clients by user name, which is the listener id. Without it, the endpoints of"
                    + " OpenSubsonic are off."),
    ADAPTERS_AUDIOMUSE(
            "adapters.audiomuse", bool(false), "Whether the endpoints of AudioMuse-AI are on. They need no password."),

    ADMIN_TOKEN_FILE(
            "admin.token_file",
            path(),
            "File whose first line is the token of `/admin/*` and `/reload`: 16 or more printable ASCII characters without"
                    + " spaces. Requests need it as `Authorization: Bearer TOKEN`. Without a token, these paths are open if the"
                    + " port that serves them listens on the loopback interface alone, and off otherwise."),
    ADMIN_TOKEN(
            "admin.token",
            secret(),
            "The token itself, instead of a file. Meant for the environment: files and flags are easily read by others."),
    ADMIN_PORT(
            "admin.port",
            integer(0, 65_535),
            "TCP port of `/admin/*`, `/reload`, `/metrics` and the dashboard, which are then off on `server.port`; 0 for any free"
                    + " one. Without it, they are on `server.port`."),
    ADMIN_HOST("admin.host", text(), "Address that `admin.port` listens on. Without it, that of `server.host`."),

    TLS_CERTIFICATE(
            "tls.certificate",
            path(),
            "PEM file of the server's certificate, followed by those of its issuers. With it and `tls.key`, `server.port` and"
                    + " `admin.port` speak HTTPS alone."),
    TLS_KEY(
            "tls.key",
            path(),
            "PEM file of the certificate's private key, in PKCS#8, PKCS#1 or SEC1. A key in PKCS#8 may be encrypted."),
    TLS_KEYSTORE("tls.keystore", path(), "PKCS#12 file of certificate and private key, instead of the two PEM files."),
    TLS_PASSWORD_FILE(
            "tls.password_file",
            path(),
            "File whose first line is the password of `tls.keystore` or of an encrypted `tls.key`. It is read again with them."),
    TLS_PASSWORD(
            "tls.password",
            secret(),
            "The password itself, instead of a file. Meant for the environment: files and flags are easily read by others."),

    ACCESS_LOG_FILE(
            "access_log.file", path(), "File that gets a line for each request. Without it, requests are not logged."),
    ACCESS_LOG_FORMAT(
            "access_log.format", text("json"), "Format of a line: `json`, or `ncsa` for the Common Log Format."),
    ACCESS_LOG_FULL_PATHS(
            "access_log.full_paths",
            bool(false),
            "Whether paths and queries are logged as they were requested. They name listeners. Otherwise the path is that of the"
                    + " API's description, such as `/next/{user}`."),
    ACCESS_LOG_MAX_BYTES(
            "access_log.max_bytes",
            integer(1000, Integer.MAX_VALUE, 100_000_000),
            "Size at which the access log is renamed, to `access.log.1` if it is `access.log`, and begun anew."),
    ACCESS_LOG_KEEP_FILES(
            "access_log.keep_files",
            integer(1, 1000, 10),
            "Number of renamed access logs that are kept. The oldest is deleted first."),
    ACCESS_LOG_KEEP_DAYS(
            "access_log.keep_days",
            integer(1, 36_500),
            "Days after its last line for which a renamed access log is kept. With it, the access log is renamed every day too.");

    static final String ENVIRONMENT_PREFIX = "SEGUE_";

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Scalar scalar;

    private final String description;

    Setting(String key, Scalar scalar, String description) {
        this.key = key;
        this.scalar = scalar;
        this.description = description;
    }

    /** Its place in the file, and the name of its flag, such as {@code server.port}. */
    String key() {
        return key;
    }

    Scalar.Type type() {
        return scalar.type();
    }

    /** The default as an environment variable would have it; null if there is none. */
    @Nullable
    String defaultText() {
        return scalar.defaultText();
    }

    /** The range of an {@link Scalar.Type#INTEGER}. */
    Range range() {
        return scalar.range();
    }

    /** In Markdown. */
    String description() {
        return description;
    }

    /** Such as {@code SEGUE_SERVER_PORT}. */
    String environmentName() {
        return ENVIRONMENT_PREFIX + name();
    }

    /** The section of the file that has it, or "" for the top level. */
    String section() {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    String keyInSection() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** Throws {@link IllegalArgumentException} unless the value is in range. */
    void check(long value) {
        range().check(key, value);
    }
}
