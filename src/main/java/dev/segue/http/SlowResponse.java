package dev.segue.http;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
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
 * The response of a slow recommender or to a batch. A recommender's thread computes it, the log writes its event, and the thread of the
 * connection's selector sends it. As with fast recommenders, only the selector's thread uses the request and the response.
 *
 * <p>A connection has one request in progress, so the number of connections bounds the number of waiting requests. The
 * response is 503 with Retry-After if a request has waited longer than its maximum for a thread, because its client
 * has probably given up.
 */
final class SlowResponse implements Runnable, Acknowledgement {

    /** The maximum wait of a request for one track, in ms. */
    static final long MAX_WAIT_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(SlowResponse.class);

    private final long arrived = NanoTime.now();
    private final AsyncContext suspended;
    private final DurableResponse durable;
    private final EventLog log;
    private final long maxWaitMillis;
    private final Supplier<EncodedResponse> computation;
    private @Nullable Thread waitsForLog;
    private EncodedResponse computed = new EncodedResponse(new byte[0], "", 0);

    private SlowResponse(
            HttpServletRequest request, EventLog log, long maxWaitMillis, Supplier<EncodedResponse> computation) {
        this.log = log;
        this.maxWaitMillis = maxWaitMillis;
        this.computation = computation;
        durable = DurableResponse.of(request);
        suspended = request.startAsync();
        suspended.setTimeout(0); // the computation is finite, and the log's deadline ends the wait for the log
    }

    /**
     * Suspends a request until its response is computed and its event is in the log file.
     *
     * @param threads run the computation
     * @param maxWaitMillis maximum wait for one of the threads
     * @param computation must not use the request
     */
    static void begin(
            HttpServletRequest request,
            EventLog log,
            Executor threads,
            long maxWaitMillis,
            Supplier<EncodedResponse> computation) {
        var response = new SlowResponse(request, log, maxWaitMillis, computation);
        try {
            threads.execute(response);
        } catch (RejectedExecutionException stopped) {
            response.send(() -> response.refuse(Problem.stopping()), true);
        }
    }

    @Override
    public void run() {
        if (NanoTime.millisSince(arrived) > maxWaitMillis) {
            send(() -> refuse(Problem.overloaded()), true);
            return;
        }
        try {
            computed = computation.get();
            if (computed.position() == 0) {
                send(this::respond, true);
            } else {
                waitsForLog = Thread.currentThread();
                log.whenWritten(computed.position(), this);
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
        Endpoint.complete(
                suspended, (request, response) -> Endpoint.write(response, computed.type(), computed.content()));
    }

    private void refuse(Problem problem) {
        Endpoint.complete(suspended, (request, response) -> Endpoint.respond(request, response, problem));
    }
}
