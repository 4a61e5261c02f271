package dev.segue.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Responds while the server loads its files: the process is live, but not ready. From {@link #serve} on, it passes all requests to
 * another handler.
 */
final class StartingHandler extends Handler.Wrapper {

    private static final byte[] LIVE = "{\"status\":\"live\"}".getBytes(StandardCharsets.UTF_8);

    private volatile @Nullable Handler service;

    /**
     * @param sizes longest bodies accepted
     * @param limit time for a request, from its first byte to its last
     */
    StartingHandler(BodySizes sizes, Duration limit) {
        super(new BodyLimits(new WholeBodies(new Starting(), RequestLimit.none(), sizes, status -> {}), sizes, limit));
    }

    /**
     * Starts a handler, and has it handle later requests.
     *
     * @throws Exception if the handler cannot be started
     */
    void serve(Handler handler) throws Exception {
        handler.setServer(getServer());
        addBean(handler, true); // stops with the server
        handler.start();
        service = handler;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler ready = service;
        return ready == null ? super.handle(request, response, callback) : ready.handle(request, response, callback);
    }

    private static final class Starting extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (isRead(request) && Paths.of(request).equals("/health/live")) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
                response.write(true, ByteBuffer.wrap(LIVE), callback);
            } else {
                Problem.starting().write(request, response, callback);
            }
            return true;
        }

        private static boolean isRead(Request request) {
            return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        }
    }
}
