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
 * Bounds what bodies may take: a client that waits to be asked for a body that is too large is refused instead, and the wait
 * for one that stopped coming, or that comes too slowly, ends with a 408. (Who does not wait is sending already, and would
 * lose an answer that comes before the end of that: its connection would be reset.)
 *
 * <p>Jetty reports an idle connection as a passing failure of the read, and whoever loads the whole body would wait on;
 * here the failure is final. To Jetty a client that sends a byte now and then is never idle; here it has a limited time.
 */
final class BodyLimits extends Handler.Wrapper {

    private final int maxBytes;
    private final long limitNanos;

    /**
     * @param next what reads the body
     * @param maxBytes longest body accepted
     * @param limit time for a request, from its first byte to its last
     */
    BodyLimits(Handler next, int maxBytes, Duration limit) {
        super(next);
        this.maxBytes = maxBytes;
        limitNanos = limit.toNanos();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() > maxBytes && request.getHeaders().contains(HttpHeader.EXPECT)) {
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
                return Content.Chunk.from(new TimeoutException("the body comes too slowly"), true);
            }
            return chunk;
        }
    }
}
