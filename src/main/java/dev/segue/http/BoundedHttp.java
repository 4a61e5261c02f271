package dev.segue.http;

import dev.segue.config.ServerSettings;
import dev.segue.platform.Heap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
 * HTTP connections up to a number that the heap affords, and up to what the selectors keep up with. Further ones are answered
 * 503 without a parser, and closed; when that happened {@link #REFUSALS_A_SECOND} times, no connection is accepted for the rest
 * of the second, and the system lets clients wait. So it costs next to nothing, however many come.
 *
 * <p>A client has at most one request in progress on a connection, so this also bounds the requests in progress and those
 * that wait. Requests on connections that are open wait for their turn unread, which costs nothing either; a 503 for each
 * would cost more than half a recommendation, and leave less time for those that are served.
 */
final class BoundedHttp extends HttpConnectionFactory {

    /** Connections that are refused in a second at most; later ones wait to be accepted. */
    static final int REFUSALS_A_SECOND = 256;

    /** When requests wait longer than this for their turn, no connection is added. */
    static final long MOST_LAG_MILLIS = 500;

    /**
     * Connections that were accepted and that no selector has taken up. A selector takes them up once in each round over its
     * connections: few at a time starve the clients that still wait to be accepted (measured with 4,000 connections at five
     * times the capacity, rounds of 0.2 s and a client's patience of 2 s: thousands of timeouts with 64, none with 512).
     */
    private static final int MOST_PENDING = 512;

    private static final long PENDING_CHECK_NANOS = 1_000_000;

    /** So few connections are no overload, whatever else keeps the selectors. */
    static final int FEW_CONNECTIONS = 256;

    /** Memory of a connection between requests, and a part of that during one (measured: 4.3 KB after two requests). */
    private static final int CONNECTION_BYTES = 16 << 10;

    private static final double CONNECTIONS_SHARE = 1.0 / 8;

    /** Jetty remembers a connection's header fields in a table of 48 characters for each row, 98 KB with its default of 1,024 rows. */
    static final int NO_HEADER_CACHE = 0;

    /** Nearly all responses are smaller; larger ones ask for the buffer they need. */
    static final int RESPONSE_BUFFER_BYTES = 8 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttp.class);
    private static final long WARNING_NANOS = 60_000_000_000L;

    private final int limit;
    private final AtomicLong refused = new AtomicLong();
    private @Nullable NetworkConnectionLimit hardLimit;
    private int acceptedInVain; // in this second; accepting thread only
    private long second = NanoTime.now(); // when it began; accepting thread only
    private volatile long lastWarning = System.nanoTime() - WARNING_NANOS;

    /** @param limit connections at most */
    BoundedHttp(int limit) {
        super(configuration());
        this.limit = limit;
    }

    private static HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setHeaderCacheSize(NO_HEADER_CACHE);
        configuration.setOutputBufferSize(RESPONSE_BUFFER_BYTES);
        configuration.addCustomizer(Refusals.checking(configuration));
        return configuration;
    }

    /** The connections that the settings allow; warns if these are more than the heap affords. */
    static int limit(ServerSettings settings) {
        int affordable = (int) Math.min(1_000_000, Heap.share(CONNECTIONS_SHARE) / CONNECTION_BYTES);
        int limit = settings.maxConnections().orElse(affordable);
        if (limit > affordable) {
            LOG.warn(
                    "server.max_connections is {}, but a heap of {} MB affords {}: raise -Xmx, or allow fewer connections",
                    limit,
                    Heap.megabytes(),
                    affordable);
        }
        return limit;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        if (!(connector instanceof SelectorConnector bounded) || !isFull(bounded)) {
            return configure(new SerialConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
        }
        refused.incrementAndGet();
        warn(bounded);
        return configure(new Refusal(endPoint, connector.getExecutor()), connector, endPoint);
    }

    private boolean isFull(SelectorConnector connector) {
        int open = connector.getConnectedEndPoints().size();
        return open >= limit || (open >= FEW_CONNECTIONS && connector.lagMillis() > MOST_LAG_MILLIS);
    }

    /**
     * Waits until the selectors have taken up nearly all connections that were accepted before, so that their lag is known
     * before there are too many, and for the next second if in this one enough connections were accepted that are to be refused; for the thread that
     * accepts them.
     */
    void awaitTurn(SelectorConnector connector) {
        while (hardLimit != null
                && hardLimit.getPendingNetworkConnectionCount() >= MOST_PENDING
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, PENDING_CHECK_NANOS);
        }
        if (!isFull(connector)) {
            return;
        }
        long elapsed = NanoTime.millisSince(second);
        if (elapsed < 1000 && acceptedInVain >= REFUSALS_A_SECOND) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1000 - elapsed)); // a stop interrupts this
            elapsed = NanoTime.millisSince(second);
        }
        if (elapsed >= 1000) {
            second = NanoTime.now();
            acceptedInVain = 0;
        }
        acceptedInVain++;
    }

    /** Bounds those that were accepted and have not come to a selector yet, too; to be started with the server. */
    NetworkConnectionLimit hardLimit(SelectorConnector connector) {
        hardLimit = new NetworkConnectionLimit(limit + REFUSALS_A_SECOND, connector);
        return hardLimit;
    }

    private void warn(SelectorConnector connector) {
        long now = System.nanoTime();
        if (now - lastWarning >= WARNING_NANOS) {
            lastWarning = now;
            LOG.warn(
                    "further connections are refused: {} are open of {} that may be, and their requests wait {} ms",
                    connector.getConnectedEndPoints().size(),
                    limit,
                    connector.lagMillis());
        }
    }

    /** How many connections were refused. */
    long refused() {
        return refused.get();
    }
}
