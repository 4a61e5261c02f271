package dev.segue.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the number of requests in progress, and with it the memory of what waits for a body, for the event log or for a slow
 * recommender. The requests of further ports are counted apart, so that they are served while the main port is full.
 *
 * <p>A connection of HTTP/1.1 has one request in progress at most, one of HTTP/2 has many. Requests are therefore counted only if
 * there may be more of them than the limit: with HTTP/2, or with more connections.
 */
final class RequestLimit {

    private final @Nullable Connector main;
    private final int limit;
    private final boolean isReachable;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger onFurtherPorts = new AtomicInteger();

    /**
     * @param main the connector of the main port; null if no request is counted
     * @param limit maximum number of requests in progress
     * @param isReachable whether the connections allow more
     */
    RequestLimit(@Nullable Connector main, int limit, boolean isReachable) {
        this.main = main;
        this.limit = limit;
        this.isReachable = isReachable;
    }

    /** No limit. */
    static RequestLimit none() {
        return new RequestLimit(null, Integer.MAX_VALUE, false);
    }

    /** Whether a new request is within the limit; counts it until it is completed if it is. */
    boolean admits(Request request) {
        if (!isReachable) {
            return true;
        }
        boolean isOnMain = request.getConnectionMetaData().getConnector() == main;
        AtomicInteger counted = isOnMain ? inProgress : onFurtherPorts;
        if (counted.incrementAndGet() > limit) {
            counted.decrementAndGet();
            return false;
        }
        Request.addCompletionListener(request, failure -> counted.decrementAndGet());
        return true;
    }
}
