package dev.segue.http;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Delays a response until its event is in the log file, without blocking a thread: the servlet writes the response and returns, and
 * the response is sent when the log has written the event. If the log takes too long, the response becomes a 503.
 */
final class DurableResponse extends Response.Wrapper implements Acknowledgement {

    private final EventLog log;
    private final ServerMetrics metrics;
    private final @Nullable ResponseFlushQueue queue;

    private RouteMetrics route;
    private long position;
    private boolean last;
    private @Nullable ByteBuffer content;
    private Callback callback = Callback.NOOP;
    private @Nullable Thread registrar;

    private DurableResponse(Request request, Response response, EventLog log, ServerMetrics metrics) {
        super(request, response);
        this.log = log;
        this.metrics = metrics;
        this.route = metrics.otherRoutes();
        this.queue = SelectorConnector.queueOf(request);
    }

    /** The durable response of a servlet's request. */
    static DurableResponse of(HttpServletRequest request) {
        if (request.getAttribute(DurableResponse.class.getName()) instanceof DurableResponse response) {
            return response;
        }
        throw new IllegalStateException("no durable response for " + request.getRequestURI());
    }

    /** The path of the response's route in the API's description, or {@code other}. */
    String route() {
        return route.route();
    }

    /** Counts and times the response as one of a route. */
    void measureAs(RouteMetrics itsRoute) {
        route = itsRoute;
    }

    /**
     * Delays the response until an event is in the log file.
     *
     * @param logPosition the event's position in the log; 0 sends the response at once
     */
    void holdUntilWritten(long logPosition) {
        position = logPosition;
    }

    /** Runs a task on the selector's thread: soon, or after the log's next batch. */
    void onSelector(Runnable task, boolean soon) {
        if (queue == null) {
            task.run();
            return;
        }
        queue.add(task);
        if (soon) {
            queue.handOver();
        }
    }

    @Override
    public void write(boolean lastContent, @Nullable ByteBuffer newContent, Callback newCallback) {
        if (lastContent && getStatus() >= 400) {
            metrics.problem(getStatus());
        }
        if (position == 0) {
            if (lastContent) {
                route.responded(getRequest(), getStatus());
            }
            super.write(lastContent, newContent, newCallback);
            return;
        }
        last = lastContent;
        content = newContent;
        callback = newCallback;
        registrar = Thread.currentThread();
        log.whenWritten(position, this);
    }

    @Override
    public void done() {
        send(this::forward);
    }

    @Override
    public void timedOut() {
        send(this::refuse);
    }

    /** Runs a task on the selector's thread, or on this thread if the log acknowledged within {@link #write}. */
    private void send(Runnable task) {
        if (queue == null || Thread.currentThread() == registrar) {
            task.run();
        } else {
            queue.add(task);
        }
    }

    private void forward() {
        position = 0;
        if (last) {
            route.responded(getRequest(), getStatus());
        }
        super.write(last, content, callback);
    }

    private void refuse() {
        position = 0;
        var problem = Problem.logUnavailable(true);
        metrics.problem(problem.status());
        route.responded(getRequest(), problem.status());
        Response response = getWrapped();
        response.reset();
        problem.write(getRequest(), response, callback);
    }

    /** Makes the response of every request durable. */
    static final class Keeper extends Handler.Wrapper {
        private final EventLog log;
        private final ServerMetrics metrics;
        private final boolean hasAccessLog;

        /** @param hasAccessLog whether the access log gets the route of each request */
        Keeper(Handler next, EventLog log, ServerMetrics metrics, boolean hasAccessLog) {
            super(next);
            this.log = log;
            this.metrics = metrics;
            this.hasAccessLog = hasAccessLog;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var durable = new DurableResponse(request, response, log, metrics);
            if (hasAccessLog) {
                request.setAttribute(DurableResponse.class.getName(), durable);
            }
            return super.handle(new RequestOfDurable(request, durable), durable, callback);
        }
    }

    /** Passes the durable response to the servlet as an attribute; other requests do not pay for it. */
    private static final class RequestOfDurable extends Request.Wrapper {
        private final DurableResponse durable;

        RequestOfDurable(Request request, DurableResponse durable) {
            super(request);
            this.durable = durable;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return DurableResponse.class.getName().equals(name) ? durable : super.getAttribute(name);
        }
    }
}
