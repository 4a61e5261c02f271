package dev.segue.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request before the request is handled, so that the handler never waits for it. The thread copies the
 * bytes that have arrived and returns; the selector's thread continues when more arrive.
 *
 * <p>Jetty's {@code EagerContentHandler} has the same purpose. It was replaced for two reasons. The callback that its {@code
 * RewindChunksRequest} hands to the handler does not pass on a failure ({@code Callback.failed} is not overridden), so a
 * request whose response could not be sent never ends, and its connection is never closed: 200 of 200 clients that reset
 * after a body leaked a descriptor. It also keeps the connection's pooled buffer until the response is sent. This handler
 * copies the body (usually a hundred bytes, and never more than the limit) and releases the buffer at once.
 *
 * <p>If too many requests are in progress, or there is too little memory for a batch, the body is read and dropped before the response is
 * 503. A client of HTTP/1.1 that sends its body at once would lose an earlier response.
 */
final class WholeBodies extends Handler.Wrapper {

    private final RequestLimit limit;
    private final BodySizes sizes;
    private final IntConsumer refusals;

    /**
     * @param next handles the request; must not block
     * @param limit of the requests in progress
     * @param sizes longest bodies accepted
     * @param refusals counts the statuses of requests that are refused for lack of memory
     */
    WholeBodies(Handler next, RequestLimit limit, BodySizes sizes, IntConsumer refusals) {
        super(next);
        this.limit = limit;
        this.refusals = refusals;
        this.sizes = sizes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean isWithin = limit.admits(request);
        if (mayHaveBody(request) && (isWithin || isHttp1(request))) {
            new Loading(request, response, callback, isWithin && sizes.reserve(request)).run();
            return true;
        }
        if (!isWithin) {
            refuse(request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void refuse(Request request, Response response, Callback callback) {
        Problem overloaded = Problem.overloaded();
        refusals.accept(overloaded.status());
        overloaded.write(request, response, callback);
    }

    /** The head of a request of HTTP/2 need not announce its body. */
    private static boolean mayHaveBody(Request request) {
        long length = request.getLength();
        return length > 0
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || (length < 0 && !isHttp1(request));
    }

    private static boolean isHttp1(Request request) {
        return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
    }

    private boolean handleLoaded(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    /** The body of one request so far. */
    private final class Loading implements Invocable.Task {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final int maxBytes;
        private final boolean hasMemory;
        private byte[] body = {};
        private int size;

        Loading(Request request, Response response, Callback callback, boolean hasMemory) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.hasMemory = hasMemory;
            maxBytes = sizes.max(request);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void run() {
            boolean last = false;
            while (!last) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    handle(Content.Chunk.from(chunk.getFailure(), true));
                    return;
                }
                last = chunk.isLast();
                boolean fits = append(chunk);
                if (!fits) {
                    Response.writeError(request, response, callback, 413);
                    return;
                }
            }
            if (!hasMemory) {
                refuse(request, response, callback);
                return;
            }
            handle(Content.Chunk.from(ByteBuffer.wrap(body, 0, size), true));
        }

        private boolean append(Content.Chunk chunk) {
            int added = chunk.remaining();
            boolean fits = added <= maxBytes - size;
            if (fits && hasMemory && added > 0) {
                if (size + added > body.length) {
                    body = Arrays.copyOf(body, Math.max(size + added, 2 * size));
                }
                chunk.get(body, size, added);
            }
            size += fits ? added : 0;
            chunk.release();
            return fits;
        }

        private void handle(Content.Chunk whole) {
            try {
                if (!handleLoaded(new Loaded(request, whole), response, callback)) {
                    Response.writeError(request, response, callback, 404);
                }
            } catch (Throwable failed) { // as Jetty does: the request ends in any case
                Response.writeError(request, response, callback, failed);
            }
        }
    }

    /** A request whose body has arrived or failed. */
    private static final class Loaded extends Request.Wrapper {
        private Content.@Nullable Chunk content;

        Loaded(Request request, Content.Chunk content) {
            super(request);
            this.content = content;
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = content;
            content = Content.Chunk.next(chunk);
            return chunk;
        }
    }
}
