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
 * Holds an answer back until its event is on file, without holding a thread: the servlet answers and returns, and the
 * answer leaves when the log has written the event. If the log takes too long, the answer becomes a 503.
 */
final class DurableResponse extends Response.Wrapper implements Acknowledgement {

    private final EventLog log;
    private final ServerMetrics metrics;
    private final @Nullable ResponseFlushQueue queue;

    private long position;
    private boolean last;
    private @Nullable ByteBuffer content;
    private Callback callback = Callback.NOOP;
    private @Nullable Thread asking;

    private DurableResponse(Request request, Response response, EventLog log, ServerMetrics metrics) {
        super(request, response);
        this.log = log;
        this.metrics = metrics;
        this.queue = SelectorConnector.queueOf(request);
    }

    /** The gate of a servlet's request. */
    static DurableResponse of(HttpServletRequest request) {
        if (request.getAttribute(DurableResponse.class.getName()) instanceof DurableResponse gate) {
            return gate;
        }
        throw new IllegalStateException("no gate before " + request.getRequestURI());
    }

    /**
     * Holds the answer back until an event is on file.
     *
     * @param logPosition the event's position in the log; 0 lets the answer through
     */
    void holdUntilWritten(long logPosition) {
        position = logPosition;
    }

    /** Runs a task on the selector's thread; after the log's next batch, or soon. */
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
            metrics.refused(getStatus());
        }
        if (position == 0) {
            super.write(lastContent, newContent, newCallback);
            return;
        }
        last = lastContent;
        content = newContent;
        callback = newCallback;
        asking = Thread.currentThread();
        log.whenWritten(position, this);
    }

    @Override
    public void done() {
        send(this::letThrough);
    }

    @Override
    public void timedOut() {
        send(this::refuse);
    }

    /** Sends on the selector's thread, unless the log answered at once: then this thread has the connection. */
    private void send(Runnable answer) {
        if (queue == null || Thread.currentThread() == asking) {
            answer.run();
        } else {
            queue.add(answer);
        }
    }

    private void letThrough() {
        position = 0;
        super.write(last, content, callback);
    }

    private void refuse() {
        position = 0;
        var problem = Problem.logUnavailable(true);
        metrics.refused(problem.status());
        Response response = getWrapped();
        response.reset();
        problem.write(getRequest(), response, callback);
    }

    /** Puts a gate before every answer. */
    static final class Keeper extends Handler.Wrapper {
        private final EventLog log;
        private final ServerMetrics metrics;

        Keeper(Handler next, EventLog log, ServerMetrics metrics) {
            super(next);
            this.log = log;
            this.metrics = metrics;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var gate = new DurableResponse(request, response, log, metrics);
            return super.handle(new GatedRequest(request, gate), gate, callback);
        }
    }

    /** Carries the gate to the servlet as an attribute, at no cost to requests that do not ask for it. */
    private static final class GatedRequest extends Request.Wrapper {
        private final DurableResponse gate;

        GatedRequest(Request request, DurableResponse gate) {
            super(request);
            this.gate = gate;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return DurableResponse.class.getName().equals(name) ? gate : super.getAttribute(name);
        }
    }
}
