package dev.segue.http;

import dev.segue.config.ServerSettings;
import dev.segue.platform.Heap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the number of connections by the heap, and by the lag of the selectors. Further connections get 503 without a parser
 * and are closed. After {@link #REFUSALS_A_SECOND} refusals no connection is accepted for the rest of the second, and clients
 * wait in the system's accept queue. Refusing is therefore cheap at any number of clients.
 *
 * <p>A connection has at most one request in progress, so this bounds the requests in progress and the waiting ones too, unless
 * {@link RequestLimit} does. Requests on open connections wait unread, which costs nothing. A 503 for each would cost more than
 * half a recommendation.
 */
final class BoundedHttp extends HttpConnectionFactory {

    /** Maximum of connections that are refused in a second; later ones wait in the accept queue. */
    static final int REFUSALS_A_SECOND = 256;

    /** No connection is added while the lag of a selector is above this. */
    static final long MAX_LAG_MILLIS = 500;

    /**
     * Maximum of accepted connections that no selector has registered yet. A selector registers them once in each round over
     * its connections, so a small number starves the clients in the accept queue (measured with 4,000 connections at five
     * times the capacity, rounds of 0.2 s and client timeouts of 2 s: thousands of timeouts with 64, none with 512).
     */
    private static final int MAX_PENDING = 512;

    private static final long PENDING_CHECK_NANOS = 1_000_000;

    /** Up to this number of connections the lag does not count as overload. */
    static final int FEW_CONNECTIONS = 256;

    /** Bytes of a connection with a request in progress, with a margin. */
    private static final int REQUEST_BYTES = 16 << 10;

    private static final double REQUESTS_SHARE = 1.0 / 8;

    /** Bytes of a connection between requests, with a margin (measured: 4.3 KB after two requests). */
    private static final int IDLE_BYTES = 6 << 10;

    private static final double IDLE_SHARE = 1.0 / 4;

    private static final int MOST = 1_000_000;

    /** Jetty caches header fields for each connection in a table, which takes 98 KB with its default of 1,024 rows. */
    static final int NO_HEADER_CACHE = 0;

    /** Bytes that nearly all responses fit in; larger responses set a larger buffer. */
    static final int RESPONSE_BUFFER_BYTES = 8 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttp.class);
    private static final long WARNING_NANOS = 60_000_000_000L;

    private final int limit;
    private final AtomicLong refused = new AtomicLong();
    private @Nullable NetworkConnectionLimit hardLimit;
    private int refusedThisSecond; // accepting thread only
    private long secondStart = NanoTime.now(); // accepting thread only
    private volatile long lastWarning = System.nanoTime() - WARNING_NANOS;

    /** @param limit maximum number of connections */
    BoundedHttp(int limit) {
        super(configuration());
        this.limit = limit;
    }

    private static HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setHeaderCacheSize(NO_HEADER_CACHE);
        configuration.setOutputBufferSize(RESPONSE_BUFFER_BYTES);
        configuration.setOutputAggregationSize(
                RESPONSE_BUFFER_BYTES); // Jetty writes larger content at once; its default is 1/4
        configuration.addCustomizer(Refusals.checking(configuration));
        return configuration;
    }

    /**
     * The maximum number of connections: by the settings, or as many as the heap affords if all have a request in progress. Warns
     * if the heap affords fewer.
     */
    static int limit(ServerSettings settings) {
        int limit = settings.maxConnections().orElse(affordable(REQUESTS_SHARE, REQUEST_BYTES));
        warnAbove(affordable(IDLE_SHARE, IDLE_BYTES), limit, "connections");
        return limit;
    }

    /** The maximum number of requests in progress: by the settings, or as many as there are connections and the heap affords. */
    static int maxRequests(ServerSettings settings, int maxConnections) {
        int affordable = affordable(REQUESTS_SHARE, REQUEST_BYTES);
        int limit = settings.maxRequests().orElse(Math.min(maxConnections, affordable));
        warnAbove(affordable, limit, "requests");
        return limit;
    }

    private static int affordable(double share, int bytes) {
        return (int) Math.min(MOST, Heap.share(share) / bytes);
    }

    private static void warnAbove(int affordable, int limit, String things) {
        if (limit > affordable) {
            LOG.warn(
                    "server.max_{} is {}, but a heap of {} MB affords {}: raise -Xmx, or allow fewer {}",
                    things,
                    limit,
                    Heap.megabytes(),
                    affordable,
                    things);
        }
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        boolean isWithinTls = endPoint instanceof EndPoint.Wrapper; // admitted before its handshake
        AbstractConnection connection = isWithinTls || admits(connector)
                ? new SerialConnection(getHttpConfiguration(), connector, endPoint)
                : new Refusal(endPoint, (SelectorConnector) connector);
        return configure(connection, connector, endPoint);
    }

    /** Whether a new connection is within the bounds; counts it as refused otherwise. */
    boolean admits(Connector connector) {
        if (!(connector instanceof SelectorConnector bounded) || !isFull(bounded)) {
            return true;
        }
        refused.incrementAndGet();
        warn(bounded);
        return false;
    }

    private boolean isFull(SelectorConnector connector) {
        int open = connector.getConnectedEndPoints().size();
        return open >= limit || (open >= FEW_CONNECTIONS && connector.lagMillis() > MAX_LAG_MILLIS);
    }

    /**
     * Blocks the accepting thread until the selectors have registered nearly all accepted connections, so that their lag is
     * measured before there are too many, and until the next second if enough connections were refused in this one.
     */
    void awaitTurn(SelectorConnector connector) {
        while (hardLimit != null
                && hardLimit.getPendingNetworkConnectionCount() >= MAX_PENDING
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, PENDING_CHECK_NANOS);
        }
        if (!isFull(connector)) {
            return;
        }
        long elapsed = NanoTime.millisSince(secondStart);
        if (elapsed < 1000 && refusedThisSecond >= REFUSALS_A_SECOND) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1000 - elapsed)); // a stop interrupts this
            elapsed = NanoTime.millisSince(secondStart);
        }
        if (elapsed >= 1000) {
            secondStart = NanoTime.now();
            refusedThisSecond = 0;
        }
        refusedThisSecond++;
    }

    /** A limit that also counts accepted connections that no selector has registered; to be started with the server. */
    NetworkConnectionLimit hardLimit(SelectorConnector connector) {
        hardLimit = new NetworkConnectionLimit(limit + REFUSALS_A_SECOND, connector);
        return hardLimit;
    }

    private void warn(SelectorConnector connector) {
        long now = System.nanoTime();
        if (now - lastWarning >= WARNING_NANOS) {
            lastWarning = now;
            LOG.warn(
                    "further connections are refused: {} of at most {} are open, and the lag of a selector is {} ms",
                    connector.getConnectedEndPoints().size(),
                    limit,
                    connector.lagMillis());
        }
    }

    /** Number of refused connections. */
    long refused() {
        return refused.get();
    }
}
