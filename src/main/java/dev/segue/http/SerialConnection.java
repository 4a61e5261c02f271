package dev.segue.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpChannelState;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A connection that one thread at a time fills and parses.
 *
 * <p><b>The fault.</b> In Jetty 12.1.14 two threads can work in one connection's {@code HttpConnection.onFillable}. When the
 * parser refuses a request (an unknown {@code Expect}, a malformed header, a head that is too long), {@code
 * HttpConnection.RequestHandler.badMessage} has another thread send the error. {@code HttpStreamOverHTTP1.succeeded} of that
 * thread then resumes the connection, because nothing marks the parsing thread as busy, while the parsing thread has not
 * left {@code onFillable}. Both call {@code releaseRequestBuffer}, which reads the field, clears it and releases
 * what it read, without a lock. The second release of a pooled buffer fails with "already released" at best. If another
 * connection has acquired the buffer in between, the release frees that connection's buffer, a third connection acquires
 * it as well, and the bytes of one client are parsed as the request of another. With non-blocking handlers 80 of 271,346
 * other requests got a wrong response beside four attacking connections; with blocking handlers it is rarer, but occurs. Jetty
 * 12.0.14 hands the error to another thread as well.
 *
 * <p><b>The remedy.</b> A thread that finds another one in {@code onFillable} returns, and the other one repeats its loop. The error is written by the parsing thread itself, before it leaves the parser. After that the connection only
 * discards input until the client closes it, so that a reset does not drop responses in transit.
 *
 * <p>With this, 0 of 5.3 million other requests were wrong beside 410,000 attacking connections, on two cores with a load
 * of 25 to 35. Two alternatives were measured. Without pooled buffers 0 of 142,039 requests were wrong, but the process took
 * 551 MB; with blocking servlets 3 of 124,338 were, because the fault does not depend on the handlers. {@link SingleUseBuffers} is a
 * second defence; alone it is not enough, because a buffer can still be cleared after its release.
 *
 * <p>Jetty offers no hook for this outside its internal package. The version of Jetty is pinned, and the tests of attacks
 * on connections fail where the fault is back.
 */
final class SerialConnection extends HttpConnection {

    /** Maximum of bytes that are discarded after a refusal; the connection is closed then. */
    private static final int MAX_DISCARDED = 1 << 20;

    private static final int DISCARDED_AT_ONCE = 1 << 12;

    /** Less than the size of Jetty's buffer, which must take the bytes. */
    private static final int INPUT_BYTES = 1 << 12;

    /** The bytes of one read, which the reading thread serves or passes to Jetty at once. */
    private static final ThreadLocal<byte[]> INPUT = ThreadLocal.withInitial(() -> new byte[INPUT_BYTES]);

    private final Callback fillable =
            Callback.from(Invocable.InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);
    private final AtomicInteger entries = new AtomicInteger();
    private final @Nullable FastPath fast;
    private boolean refusing;
    private int discarded;
    private long discardingSince;

    private volatile boolean isHeld; // a request of the fast path has no response yet
    private volatile boolean isWriting; // its response is being written
    private @Nullable AcceptedFields
            candidate; // the fields of the request that was passed to Jetty last, if they are plain
    private long candidateNumber; // the number of this request among those that Jetty has parsed
    private @Nullable AcceptedFields accepted;

    /** @param fast null if Jetty serves all requests */
    SerialConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint, @Nullable FastPath fast) {
        super(configuration, connector, endPoint);
        this.fast = fast;
    }

    @Override
    public void onFillable() {
        if (entries.getAndIncrement() > 0) {
            return; // the thread inside repeats its loop
        }
        int seen = 1;
        while (seen > 0) {
            if (!isFillInterested()) { // otherwise the selector calls this when bytes arrive
                fillAndParse();
            }
            seen = entries.addAndGet(-seen);
        }
    }

    private void fillAndParse() {
        if (getParser().isTerminated()) {
            discard();
        } else if (!isHeld && !serveFast()) {
            super.onFillable();
        }
    }

    /** Serves a request from its bytes if it can; otherwise Jetty finds them in its buffer. */
    private boolean serveFast() {
        if (fast == null
                || !isRequestBufferEmpty()
                || !getParser().isStart()
                || getHttpChannel().getRequest() != null) {
            return false;
        }
        byte[] bytes = INPUT.get();
        ByteBuffer input = BufferUtil.toBuffer(bytes);
        BufferUtil.clear(input);
        candidate = null;
        try {
            if (getEndPoint().fill(input) <= 0) {
                return false; // Jetty reads the end of the input once more
            }
        } catch (IOException gone) {
            return false; // and so it does an exception
        }
        isHeld = true;
        if (serveFast(fast, bytes, input.limit())) {
            return true;
        }
        isHeld = false;
        onUpgradeTo(input);
        return false;
    }

    private boolean serveFast(FastPath path, byte[] bytes, int size) {
        PlainRequestLine line = size < bytes.length ? PlainRequestLine.of(bytes, size) : null;
        if (line == null) {
            return false;
        }
        boolean hasBody = line.target().hasBody();
        int body = accepted == null ? -1 : accepted.endOf(bytes, line.end(), size, hasBody);
        if (body < 0) {
            candidate = AcceptedFields.of(bytes, line.end(), size, hasBody);
            candidateNumber = getMessagesIn() + 1;
            return false;
        }
        return path.serve(this, line, bytes, body, size);
    }

    /** The handlers have accepted the request that Jetty has. It is not the candidate if Jetty has read a further one itself. */
    void accepted() {
        if (candidate != null && getMessagesIn() == candidateNumber) {
            accepted = candidate;
        }
    }

    /** Writes the response of the fast path. */
    void write(ByteBuffer response, Callback callback) {
        isWriting = true;
        getEndPoint().write(callback, response);
    }

    /**
     * The response of the fast path has been written.
     *
     * @param closing whether it was the connection's last
     */
    void responded(boolean closing) {
        isWriting = false;
        isHeld = false;
        if (closing) {
            getParser().close();
            getEndPoint().shutdownOutput();
        }
        tryFillInterested(fillable);
    }

    /** As Jetty has it for its own requests: while a request waits for the log, its connection is not idle. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return (!isHeld || isWriting) && super.onIdleExpired(timeout);
    }

    /** Discards input after the last request, and closes when the client has closed, or has sent for too long. */
    private void discard() {
        if (getHttpChannel().getRequest() != null) {
            return; // the last response is being sent; its end resumes this
        }
        if (discardingSince == 0) {
            discardingSince = NanoTime.now();
        }
        ByteBuffer scratch = BufferUtil.allocate(DISCARDED_AT_ONCE);
        try {
            int filled = getEndPoint().fill(scratch);
            while (filled > 0 && discarded < MAX_DISCARDED) {
                discarded += filled;
                BufferUtil.clear(scratch);
                filled = getEndPoint().fill(scratch);
            }
            boolean late = NanoTime.millisSince(discardingSince) > getEndPoint().getIdleTimeout();
            if (filled == 0 && !late) {
                getEndPoint().shutdownOutput();
                tryFillInterested(fillable);
            } else {
                getEndPoint().close();
            }
        } catch (IOException gone) {
            getEndPoint().close(gone);
        }
    }

    /** Has no effect while a refusal is being sent; the end of that response resumes the connection. */
    @Override
    public void fillInterested(Callback callback) {
        if (!refusing || getHttpChannel().getRequest() == null) {
            super.fillInterested(callback);
        }
    }

    @Override
    protected RequestHandler newRequestHandler() {
        return new RequestHandler() {
            @Override
            public void badMessage(HttpException failure) {
                refusing = true;
                super.badMessage(failure);
            }
        };
    }

    @Override
    protected HttpChannel newHttpChannel(Server server, HttpConfiguration configuration) {
        return new HttpChannelState(this) {
            @Override
            public @Nullable Runnable onFailure(Throwable failure) {
                Runnable refusal = super.onFailure(failure);
                return refusing && refusal != null
                        ? Invocable.from(InvocationType.NON_BLOCKING, refusal) // Jetty runs such a task at once
                        : refusal;
            }
        };
    }
}
