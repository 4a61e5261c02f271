package dev.segue.http;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 * left {@code onFillable}. Both call {@code releaseRequestBuffer}, which reads the field, clears it and releases what it
 * read, without a lock. The second release of a pooled buffer fails with "already released" at best. If another connection
 * has acquired the buffer in between, the release frees that connection's buffer, a third connection acquires it as well,
 * and the bytes of one client are parsed as the request of another. With non-blocking handlers 80 of 271,346 other requests
 * got a wrong response beside four attacking connections; with blocking handlers it is rarer, but occurs. Jetty 12.0.14
 * hands the error to another thread as well.
 *
 * <p><b>The remedy.</b> A thread that finds another one in {@code onFillable} returns, and the other one repeats its loop.
 * The error is written by the parsing thread itself, before it leaves the parser. After that the connection only discards
 * input until the client closes it, so that a reset does not drop responses in transit.
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

    private final AtomicInteger entries = new AtomicInteger();
    private boolean refusing;
    private int discarded;
    private long discardingSince;

    SerialConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
        super(configuration, connector, endPoint);
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
        } else {
            super.onFillable();
        }
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
                tryFillInterested(Callback.from(
                        Invocable.InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed));
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
