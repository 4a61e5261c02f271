package dev.segue.http;

import dev.segue.platform.OutOfMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's connector, whose connections have their selector's {@link ResponseFlushQueue}.
 *
 * <p>Jetty resumes a connection on another thread if its response was completed asynchronously. Here the selector's thread
 * completes such a response, and resumes the connection itself (measured: 48,000 instead of 43,000 responses a second beside
 * a bare servlet's 63,000).
 */
final class SelectorConnector extends ServerConnector {

    private final Map<ManagedSelector, ResponseFlushQueue> queues = new ConcurrentHashMap<>();
    private final Map<ManagedSelector, Lag> lags = new ConcurrentHashMap<>();
    private final PortKind kind;
    private final BoundedHttp http;
    private volatile IntConsumer refusals = status -> {};

    /** @param protocols of the port, the one of new connections first */
    SelectorConnector(
            Server server,
            PortKind kind,
            int selectors,
            BoundedHttp http,
            List<? extends ConnectionFactory> protocols) {
        super(
                server,
                resumingAtOnce(server.getThreadPool()),
                null,
                null,
                1,
                selectors,
                protocols.toArray(ConnectionFactory[]::new));
        this.kind = kind;
        this.http = http;
    }

    /** Makes requests have the host, scheme and client address that a proxy's headers state. */
    void useProxyHeaders() {
        getConnectionFactories().stream()
                .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
                .distinct()
                .forEach(protocol -> protocol.getCustomizers()
                        .add(0, new ForwardedRequestCustomizer())); // before the checks of the URI
    }

    /** Which of the server's ports it is. */
    PortKind kind() {
        return kind;
    }

    private static Executor resumingAtOnce(Executor pool) {
        return task -> {
            if (!(task instanceof Connection) || !ResponseFlushQueue.resumeAfterResponse(task)) {
                pool.execute(task);
            }
        };
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var queue = queues.computeIfAbsent(selector, SelectorConnector::queue);
        lags.computeIfAbsent(selector, SelectorConnector::lag);
        var endPoint = new QueuedEndPoint(channel, selector, key, this, queue);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    private static ResponseFlushQueue queue(ManagedSelector selector) {
        return new ResponseFlushQueue(task -> selector.submit(ignored -> task.run()));
    }

    private static Lag lag(ManagedSelector selector) {
        return new Lag(task -> selector.submit(ignored -> task.run()), System::nanoTime);
    }

    @Override
    public void accept(int acceptor) throws IOException {
        http.awaitTurn(this);
        super.accept(acceptor);
    }

    /** Has a counter get the statuses of refusals by this port. */
    void countRefusalsBy(IntConsumer counter) {
        refusals = counter;
    }

    /** Counts a refusal by this port. */
    void refused(int status) {
        refusals.accept(status);
    }

    /** Measures the lag of every selector; to be called periodically. */
    void measureLag() {
        lags.values().forEach(Lag::measure);
    }

    /** The longest of the selectors' lags. */
    long lagMillis() {
        long longest = 0;
        for (Lag lag : lags.values()) {
            longest = Math.max(longest, lag.millis());
        }
        return longest;
    }

    /** The queue of the selector that serves a request's connection. */
    static @Nullable ResponseFlushQueue queueOf(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (endPoint instanceof EndPoint.Wrapper encrypted) {
            endPoint = encrypted.unwrap();
        }
        return endPoint instanceof QueuedEndPoint queued ? queued.queue : null;
    }

    /** Makes every selector send the responses that are ready. */
    void handOverResponses() {
        queues.values().forEach(ResponseFlushQueue::handOver);
    }

    /**
     * A connection that stays registered for reading while its request waits for the log.
     *
     * <p>Jetty cancels the registration when a request has arrived and renews it after the response. These are two system
     * calls a request, which are needless while the client waits for its response. Here the registration is cancelled only
     * if the client sends more in the meantime (a seventh more responses a second).
     *
     * <p>Jetty requests no second update of a key while one is due. If one was skipped here, a write that waits for room
     * requests an update of its own.
     *
     * <p>Jetty also reads once more after each request, nearly always without result. A read that did not fill its buffer has
     * taken all bytes, so the next read waits for the selector's event (a twenty-fifth more responses a second).
     *
     * <p>For Jetty a client that sends a byte now and then is never idle. Here the idle timeout of a request that has begun
     * to arrive is the rest of its time, measured from its first byte. This
     * includes the handshake of TLS. HTTP/2 has a timeout for each request instead.
     */
    private static final class QueuedEndPoint extends SocketChannelEndPoint {
        private final ResponseFlushQueue queue;
        private final ManagedSelector selector;
        private final ServerConnector connector;
        private boolean unexpected; // selector thread only
        private volatile boolean receivedSinceResponse; // bytes have arrived since the last response
        private volatile long incompleteSince; // NanoTime of the first read of an incomplete request; 0 = none
        private volatile boolean drained; // no bytes are left since the last event of the selector

        QueuedEndPoint(
                SocketChannel channel,
                ManagedSelector selector,
                SelectionKey key,
                ServerConnector connector,
                ResponseFlushQueue queue) {
            super(channel, selector, key, connector.getScheduler());
            this.queue = queue;
            this.selector = selector;
            this.connector = connector;
        }

        private boolean isWaiting() {
            return !getFillInterest().isInterested() && !getWriteFlusher().isPending();
        }

        @Override
        public Runnable onSelected() {
            unexpected = isWaiting();
            drained = false;
            if (incompleteSince != 0) {
                setIdleTimeout(connector.getIdleTimeout()); // from now on the request does not wait for its client
            }
            return super.onSelected();
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            OutOfMemory.awaitEnd();
            if (drained && isOpen() && !isInputShutdown()) {
                return 0;
            }
            int filled = super.fill(buffer);
            drained = filled > 0 && BufferUtil.space(buffer) > 0;
            if (filled > 0) {
                receivedSinceResponse = true;
            }
            return filled;
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            receivedSinceResponse = false;
            return super.flush(buffers);
        }

        /** Jetty waits for more bytes: of a request that has begun to arrive, or of the next one. */
        @Override
        public void fillInterested(Callback callback) {
            limitArrival();
            super.fillInterested(callback);
        }

        @Override
        public boolean tryFillInterested(Callback callback) {
            limitArrival();
            return super.tryFillInterested(callback);
        }

        private void limitArrival() {
            long since = incompleteSince;
            if (!receivedSinceResponse || isMultiplexed()) {
                if (since != 0) {
                    incompleteSince = 0;
                }
            } else if (since == 0) {
                incompleteSince = NanoTime.now() | 1; // its time begins now
            } else {
                setIdleTimeout(Math.max(1, connector.getIdleTimeout() - NanoTime.millisSince(since)));
            }
        }

        /** Whether it has several requests at a time, so that bytes do not belong to one. */
        private boolean isMultiplexed() {
            Connection connection = getConnection();
            if (connection instanceof HttpConnection) {
                return false; // tested first, so that a start without TLS loads no classes of TLS and HTTP/2
            }
            return (connection instanceof SslConnection tls
                            ? tls.getSslEndPoint().getConnection()
                            : connection)
                    instanceof HTTP2Connection;
        }

        /** Jetty closes a connection with any throwable that it caught. */
        @Override
        public void onClose(@Nullable Throwable cause) {
            OutOfMemory.check(cause);
            super.onClose(cause);
        }

        @Override
        protected void onIncompleteFlush() {
            super.onIncompleteFlush();
            selector.submit(ignored -> updateKey());
        }

        @Override
        public void updateKey() {
            if (unexpected || !isWaiting()) {
                super.updateKey();
            }
        }
    }
}
