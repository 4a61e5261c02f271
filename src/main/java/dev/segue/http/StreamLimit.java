package dev.segue.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the number of HTTP/2 requests in progress by the number of connections allowed. A connection of HTTP/1.1 has one request in
 * progress at most, one of HTTP/2 has many. Further requests get 503.
 */
final class StreamLimit extends Handler.Wrapper {

    private final int limit;
    private final IntConsumer refusals;
    private final AtomicInteger inProgress = new AtomicInteger();

    /**
     * @param limit maximum number of HTTP/2 requests in progress
     * @param refusals counts the statuses of refused requests
     */
    StreamLimit(int limit, IntConsumer refusals, Handler next) {
        super(next);
        this.limit = limit;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            boolean isWithin = inProgress.incrementAndGet() <= limit;
            Request.addCompletionListener(request, failure -> inProgress.decrementAndGet());
            if (!isWithin) {
                Problem overloaded = Problem.overloaded();
                refusals.accept(overloaded.status());
                overloaded.write(request, response, callback);
                return true;
            }
        }
        return super.handle(request, response, callback);
    }
}
