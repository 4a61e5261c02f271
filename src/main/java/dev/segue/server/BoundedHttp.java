package dev.segue.server;

import dev.segue.config.ServerSettings;
import dev.segue.heap.Heap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP connections up to a number that the heap affords. Further ones are answered 503 without a parser, and closed; when
 * {@link #REFUSALS} of those are under way too, no connection is accepted until one has gone, and the system lets clients wait.
 *
 * <p>A client has at most one request in progress on a connection, so this also bounds the requests in progress, and how long
 * one waits for its turn under overload: connections divided by requests a second. Requests beyond that are not read from
 * the network, which costs nothing; a 503 for each would cost more than half a recommendation.
 */
final class BoundedHttp extends HttpConnectionFactory {

    /** Connections that are being refused at the same time. */
    static final int REFUSALS = 256;

    /** What a connection takes between requests, and a part of what it takes during one (measured: 4.3 KB after two requests). */
    private static final int CONNECTION_BYTES = 16 << 10;

    private static final double CONNECTIONS_SHARE = 1.0 / 8;

    /** Jetty remembers a connection's header fields in a table of 48 characters for each row, 98 KB with its default of 1,024 rows. */
    private static final int NO_HEADER_CACHE = 0;

    /** Nearly all responses are smaller; larger ones ask for the buffer they need. */
    private static final int RESPONSE_BUFFER_BYTES = 8 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttp.class);
    private static final long WARNING_NANOS = 60_000_000_000L;

    private final int limit;
    private final AtomicLong refused = new AtomicLong();
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

    /** Stops accepting when the refusals are as many as may be; to be started with the server. */
    NetworkConnectionLimit hardLimit(Connector connector) {
        return new NetworkConnectionLimit(limit + REFUSALS, connector);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        if (!(connector instanceof AbstractConnector counting)
                || counting.getConnectedEndPoints().size() < limit) {
            return configure(
                    new SerialConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
        }
        refused.incrementAndGet();
        warn();
        return configure(new Refusal(endPoint, connector.getExecutor()), connector, endPoint);
    }

    private void warn() {
        long now = System.nanoTime();
        if (now - lastWarning >= WARNING_NANOS) {
            lastWarning = now;
            LOG.warn("{} connections are open, further ones are refused; server.max_connections is the limit", limit);
        }
    }

    /** How many connections were refused. */
    long refused() {
        return refused.get();
    }
}
