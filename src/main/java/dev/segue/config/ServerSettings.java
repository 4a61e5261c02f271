package dev.segue.config;

import static dev.segue.config.Setting.SERVER_ALLOW_ORIGIN;
import static dev.segue.config.Setting.SERVER_H2C;
import static dev.segue.config.Setting.SERVER_HEALTH_PORT;
import static dev.segue.config.Setting.SERVER_HOST;
import static dev.segue.config.Setting.SERVER_IDLE_TIMEOUT_SECONDS;
import static dev.segue.config.Setting.SERVER_LOG_WAIT_MS;
import static dev.segue.config.Setting.SERVER_MAX_BODY_BYTES;
import static dev.segue.config.Setting.SERVER_MAX_CONNECTIONS;
import static dev.segue.config.Setting.SERVER_MAX_REQUESTS;
import static dev.segue.config.Setting.SERVER_MAX_THREADS;
import static dev.segue.config.Setting.SERVER_PORT;
import static dev.segue.config.Setting.SERVER_RECOMMENDER_WAIT_MS;
import static dev.segue.config.Setting.SERVER_SELECTORS;
import static dev.segue.config.Setting.SERVER_STOP_GRACE_MS;
import static dev.segue.config.Setting.SERVER_STOP_TIMEOUT_MS;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How the server listens and how long it waits. {@link Setting} describes each setting.
 *
 * @param maxConnections absent for as many as the heap holds
 * @param maxRequests absent for as many as the heap holds
 */
public record ServerSettings(
        String host,
        int port,
        OptionalInt healthPort,
        OptionalInt maxConnections,
        OptionalInt maxRequests,
        int selectors,
        int maxThreads,
        int maxBodyBytes,
        int idleTimeoutSeconds,
        int logWaitMs,
        int recommenderWaitMs,
        int stopGraceMs,
        int stopTimeoutMs,
        Optional<String> allowOrigin,
        boolean h2c) {

    /** The threads beside the selectors: one that accepts connections, and some for longer work. */
    private static final int OTHER_THREADS = 4;

    /** The threads of each further port: one that accepts connections and one that waits for network events. */
    private static final int THREADS_OF_A_PORT = 2;

    /** One origin, or several with commas between them. */
    static final Pattern ORIGINS = Pattern.compile("https?://[^/,\\s*]+(,https?://[^/,\\s*]+)*");

    public ServerSettings {
        if (host.isEmpty()) {
            throw new IllegalArgumentException(SERVER_HOST.key() + ": is empty");
        }
        SERVER_PORT.check(port);
        healthPort.ifPresent(SERVER_HEALTH_PORT::check);
        maxConnections.ifPresent(SERVER_MAX_CONNECTIONS::check);
        maxRequests.ifPresent(SERVER_MAX_REQUESTS::check);
        SERVER_SELECTORS.check(selectors);
        SERVER_MAX_THREADS.check(maxThreads);
        SERVER_MAX_BODY_BYTES.check(maxBodyBytes);
        SERVER_IDLE_TIMEOUT_SECONDS.check(idleTimeoutSeconds);
        SERVER_LOG_WAIT_MS.check(logWaitMs);
        SERVER_RECOMMENDER_WAIT_MS.check(recommenderWaitMs);
        SERVER_STOP_GRACE_MS.check(stopGraceMs);
        SERVER_STOP_TIMEOUT_MS.check(stopTimeoutMs);
        allowOrigin.ifPresent(ServerSettings::requireOrigins);
    }

    private static void requireOrigins(String origins) {
        if (!origins.equals("*") && !ORIGINS.matcher(origins).matches()) {
            throw new IllegalArgumentException(SERVER_ALLOW_ORIGIN.key() + ": \"" + origins
                    + "\" is no origin; write * or such as https://example.org, several with commas between them");
        }
    }

    /**
     * Throws {@link IllegalArgumentException}, its message beginning with the key, if the selectors leave too few threads.
     *
     * @param hasAdminPort whether there is an {@code admin.port}
     */
    void requireThreads(boolean hasAdminPort) {
        int ports = (healthPort.isPresent() ? 1 : 0) + (hasAdminPort ? 1 : 0);
        int enough = selectors + OTHER_THREADS + ports * THREADS_OF_A_PORT;
        if (maxThreads < enough) {
            throw new IllegalArgumentException(SERVER_MAX_THREADS.key() + ": " + maxThreads + " are too few for "
                    + selectors + " selectors; allow " + enough + " or more");
        }
    }

    /** Throws {@link IllegalArgumentException}, its message beginning with the key, if HTTP/2 without TLS is set beside a certificate. */
    void requireNoH2cBeside(TlsSettings tls) {
        if (h2c && tls.isOn()) {
            throw new IllegalArgumentException(
                    SERVER_H2C.key() + ": the port speaks TLS, which has HTTP/2 by itself; leave this setting out");
        }
    }

    static ServerSettings read(LayeredSettings given) {
        return new ServerSettings(
                given.text(SERVER_HOST),
                given.integer(SERVER_PORT),
                given.optionalInteger(SERVER_HEALTH_PORT),
                given.optionalInteger(SERVER_MAX_CONNECTIONS),
                given.optionalInteger(SERVER_MAX_REQUESTS),
                given.integer(SERVER_SELECTORS),
                given.integer(SERVER_MAX_THREADS),
                given.integer(SERVER_MAX_BODY_BYTES),
                given.integer(SERVER_IDLE_TIMEOUT_SECONDS),
                given.integer(SERVER_LOG_WAIT_MS),
                given.integer(SERVER_RECOMMENDER_WAIT_MS),
                given.integer(SERVER_STOP_GRACE_MS),
                given.integer(SERVER_STOP_TIMEOUT_MS),
                given.optionalText(SERVER_ALLOW_ORIGIN),
                given.bool(SERVER_H2C));
    }
}
