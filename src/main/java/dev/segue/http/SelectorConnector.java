package dev.segue.http;

import dev.segue.platform.OutOfMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's connector, with connections that know their selector's {@link ResponseFlushQueue}.
 *
 * <p>Jetty resumes a connection whose answer was completed asynchronously on another thread. An answer that the selector's
 * thread sends is completed on the one thread that can resume it at no cost, so there the connection is resumed next
 * (measured: 48,000 instead of 43,000 answers a second beside a bare servlet's 63,000).
 */
final class SelectorConnector extends ServerConnector {

    private final Map<ManagedSelector, ResponseFlushQueue> queues = new ConcurrentHashMap<>();
    private final Map<ManagedSelector, Lag> lags = new ConcurrentHashMap<>();
    private final BoundedHttp http;

    SelectorConnector(Server server, int selectors, BoundedHttp http) {
        super(server, resumingAtOnce(server.getThreadPool()), null, null, 1, selectors, http);
        this.http = http;
    }

    private static Executor resumingAtOnce(Executor pool) {
        return task -> {
            if (!(task instanceof Connection) || !ResponseFlushQueue.resumeAfterAnswer(task)) {
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

    /** Has every selector's lag measured; to be called again and again. */
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
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        return endPoint instanceof QueuedEndPoint queued ? queued.queue : null;
    }

    /** Has every selector send what is ready. */
    void handOverResponses() {
        queues.values().forEach(ResponseFlushQueue::handOver);
    }

    /**
     * A connection that stays registered for reading while its request waits for the log.
     *
     * <p>Jetty takes the registration back when a request has come and renews it when the answer has gone: two system calls
     * a request, for nothing as long as the client waits for its answer. So the registration is only taken back from a
     * client that does send more meanwhile (a seventh more answers a second).
     *
     * <p>Jetty asks for no second update of a key while one is due; where one was skipped here, waiting for room to write
     * asks for its own.
     *
     * <p>Jetty also reads once more after each request, and nearly always in vain. A read that did not fill its buffer took
     * all there was, so there is nothing more until the selector says so (a twenty-fifth more answers a second).
     *
     * <p>To Jetty a client that sends a byte now and then is never idle. Here the idle timeout of a request that has begun to
     * arrive is what is left of its time, measured from its first byte.
     */
    private static final class QueuedEndPoint extends SocketChannelEndPoint {
        private final ResponseFlushQueue queue;
        private final ManagedSelector selector;
        private final ServerConnector connector;
        private boolean unexpected; // selector thread only
        private volatile boolean unanswered; // bytes have come since the last response
        private volatile long incompleteSince; // NanoTime of the first read of a request that is not whole; 0 = none
        private volatile boolean drained; // since the selector last told of something to read

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
                setIdleTimeout(connector.getIdleTimeout()); // what the request waits for from now on is not its client
            }
            return super.onSelected();
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            if (drained && isOpen() && !isInputShutdown()) {
                return 0;
            }
            int filled = super.fill(buffer);
            drained = filled > 0 && BufferUtil.space(buffer) > 0;
            if (filled > 0) {
                unanswered = true;
            }
            return filled;
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            unanswered = false;
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
            if (!unanswered) {
                if (since != 0) {
                    incompleteSince = 0;
                }
            } else if (since == 0) {
                incompleteSince = NanoTime.now() | 1; // it has all its time yet
            } else {
                setIdleTimeout(Math.max(1, connector.getIdleTimeout() - NanoTime.millisSince(since)));
            }
        }

        /** Jetty closes a connection with whatever it caught. */
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
