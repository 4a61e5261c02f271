package dev.segue.http;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
import dev.segue.http.NextTrackEndpoints.EncodedResponse;
import dev.segue.platform.OutOfMemory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response of a slow recommender. A recommender's thread computes it, the log writes its event, and the thread of the
 * connection's selector sends it. As with fast recommenders, only the selector's thread uses the request and the response.
 *
 * <p>A connection has one request in progress, so the number of connections bounds the number of waiting requests. The
 * response is 503 with Retry-After if a request has waited longer than {@link #MAX_WAIT_MILLIS} for a thread, because its
 * client has probably given up.
 */
final class SlowResponse implements Runnable, Acknowledgement {

    static final long MAX_WAIT_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(SlowResponse.class);

    private final long arrived = NanoTime.now();
    private final AsyncContext suspended;
    private final DurableResponse durable;
    private final EventLog log;
    private final Supplier<EncodedResponse> computation;
    private @Nullable Thread waitsForLog;
    private byte[] json = {};

    private SlowResponse(HttpServletRequest request, EventLog log, Supplier<EncodedResponse> computation) {
        this.log = log;
        this.computation = computation;
        durable = DurableResponse.of(request);
        suspended = request.startAsync();
        suspended.setTimeout(0); // the computation is finite, and the log's deadline ends the wait for the log
    }

    /**
     * Suspends a request until its response is computed and its event is in the log file.
     *
     * @param computation must not use the request
     */
    static void begin(
            HttpServletRequest request, EventLog log, Executor recommenders, Supplier<EncodedResponse> computation) {
        var response = new SlowResponse(request, log, computation);
        try {
            recommenders.execute(response);
        } catch (RejectedExecutionException stopped) {
            response.send(() -> response.refuse(Problem.stopping()), true);
        }
    }

    @Override
    public void run() {
        if (NanoTime.millisSince(arrived) > MAX_WAIT_MILLIS) {
            send(() -> refuse(Problem.overloaded()), true);
            return;
        }
        try {
            EncodedResponse response = computation.get();
            json = response.json();
            if (response.position() == 0) {
                send(this::respond, true);
            } else {
                waitsForLog = Thread.currentThread();
                log.whenWritten(response.position(), this);
            }
        } catch (ProblemException refused) {
            send(() -> refuse(refused.problem()), true);
        } catch (Throwable failed) { // the request ends in any case
            OutOfMemory.check(failed);
            LOG.error("a recommendation failed", failed);
            send(() -> refuse(Problem.of(500, "the request failed; the server's log has the reason")), true);
        }
    }

    @Override
    public void done() {
        send(this::respond, Thread.currentThread() == waitsForLog);
    }

    @Override
    public void timedOut() {
        send(() -> refuse(Problem.logUnavailable(true)), Thread.currentThread() == waitsForLog);
    }

    /** Runs a task on the selector's thread: soon, or after the log's current batch. */
    private void send(Runnable task, boolean soon) {
        durable.onSelector(task, soon);
    }

    private void respond() {
        Endpoint.complete(suspended, (request, response) -> Endpoint.write(response, "application/json", json));
    }

    private void refuse(Problem problem) {
        Endpoint.complete(suspended, (request, response) -> Endpoint.respond(request, response, problem));
    }
}
