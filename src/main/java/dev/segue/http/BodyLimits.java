package dev.segue.http;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the size of bodies and the time in which they arrive. A client that sends {@code Expect: 100-continue} for a body that
 * is too large gets 413 before it sends the body. (A client that does not wait is sending already; its connection would be
 * reset, and it would lose an early response.) A body that arrives too slowly, or not at all, leads to 408.
 *
 * <p>Jetty reports an idle connection as a transient failure of the read, after which a reader of the whole body continues to
 * wait; here the failure is final. For Jetty a client that sends a byte now and then is never idle; here its time is limited.
 */
final class BodyLimits extends Handler.Wrapper {

    private final BodySizes sizes;
    private final long limitNanos;

    /**
     * @param next reads the body
     * @param sizes longest bodies accepted
     * @param limit time for a request, from its first byte to its last
     */
    BodyLimits(Handler next, BodySizes sizes, Duration limit) {
        super(next);
        this.sizes = sizes;
        limitNanos = limit.toNanos();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() > sizes.max(request) && request.getHeaders().contains(HttpHeader.EXPECT)) {
            Response.writeError(request, response, callback, 413);
            return true;
        }
        return super.handle(new Deadline(request), response, callback);
    }

    private final class Deadline extends Request.Wrapper {
        Deadline(Request request) {
            super(request);
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk == null || chunk.isLast()) {
                return chunk;
            }
            if (Content.Chunk.isFailure(chunk)) {
                return Content.Chunk.from(chunk.getFailure(), true);
            }
            if (NanoTime.since(getBeginNanoTime()) > limitNanos) {
                chunk.release();
                return Content.Chunk.from(new TimeoutException("the body arrives too slowly"), true);
            }
            return chunk;
        }
    }
}
