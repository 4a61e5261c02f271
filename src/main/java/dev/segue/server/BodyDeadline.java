package dev.segue.server;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Ends the wait for a body that stopped coming. Jetty reports an idle connection as a passing failure of the read, and
 * whoever loads the whole body would wait on; here the failure is final, and the request is answered with a 408.
 */
final class BodyDeadline extends Handler.Wrapper {

    BodyDeadline(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Deadline(request), response, callback);
    }

    private static final class Deadline extends Request.Wrapper {
        Deadline(Request request) {
            super(request);
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = super.read();
            return Content.Chunk.isFailure(chunk, false) ? Content.Chunk.from(chunk.getFailure(), true) : chunk;
        }
    }
}
