package dev.segue.http;

import java.util.function.IntConsumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** Finishes requests in flight when the server stops, and responds 503 to later ones. */
final class GracefulShutdownHandler extends GracefulHandler {

    private final IntConsumer refusals;

    /** @param refusals counts the statuses of refused requests */
    GracefulShutdownHandler(IntConsumer refusals, Handler next) {
        super(next);
        this.refusals = refusals;
    }

    @Override
    protected void handleShutdownRejection(Request request, Response response, Callback callback) {
        Problem stopping = Problem.stopping();
        refusals.accept(stopping.status());
        stopping.write(request, response, callback);
    }
}
