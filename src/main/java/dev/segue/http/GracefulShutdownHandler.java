package dev.segue.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** Finishes requests in flight when the server stops, and responds 503 to later ones. */
final class GracefulShutdownHandler extends GracefulHandler {

    GracefulShutdownHandler(Handler next) {
        super(next);
    }

    @Override
    protected void handleShutdownRejection(Request request, Response response, Callback callback) {
        Problem.stopping().write(request, response, callback);
    }
}
