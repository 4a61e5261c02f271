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
 * The response to a request that takes long to compute. A recommender's thread computes it, the log writes its event, and the
 * thread of the connection's selector sends it: requests and responses are touched by that thread alone, as those of fast
 * recommenders are.
 *
 * <p>A connection has one request in progress, so the number of connections bounds how many wait. A request that has waited
 * for a thread longer than {@link #MOST_WAIT_MILLIS} gets 503 with Retry-After: its client is likely to have given up, and the
 * time is better spent on the requests that follow.
 */
final class SlowResponse implements Runnable, Acknowledgement {

    static final long MOST_WAIT_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(SlowResponse.class);

    private final long arrived = NanoTime.now();
    private final AsyncContext suspended;
    private final DurableResponse gate;
    private final EventLog log;
    private final Supplier<EncodedResponse> computation;
    private @Nullable Thread waitsForLog;
    private byte[] json = {};

    private SlowResponse(HttpServletRequest request, EventLog log, Supplier<EncodedResponse> computation) {
        this.log = log;
        this.computation = computation;
        gate = DurableResponse.of(request);
        suspended = request.startAsync();
        suspended.setTimeout(0); // the computation ends, and the log's own deadline ends the wait for it
    }

    /**
     * Suspends a request until its response is computed and its event is on file.
     *
     * @param computation must not touch the request
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
        if (NanoTime.millisSince(arrived) > MOST_WAIT_MILLIS) {
            send(() -> refuse(Problem.overloaded()), true);
            return;
        }
        try {
            EncodedResponse answered = computation.get();
            json = answered.json();
            if (answered.position() == 0) {
                send(this::answer, true);
            } else {
                waitsForLog = Thread.currentThread();
                log.whenWritten(answered.position(), this);
            }
        } catch (ProblemException refused) {
            send(() -> refuse(refused.problem()), true);
        } catch (Throwable failed) { // the request ends in any case
            OutOfMemory.check(failed);
            LOG.error("a recommendation failed", failed);
            send(() -> refuse(Problem.of(500, "the server failed to answer; its log says why")), true);
        }
    }

    @Override
    public void done() {
        send(this::answer, Thread.currentThread() == waitsForLog);
    }

    @Override
    public void timedOut() {
        send(() -> refuse(Problem.logUnavailable(true)), Thread.currentThread() == waitsForLog);
    }

    /** Sends after the log's batch that this is part of; or soon, if there is none. */
    private void send(Runnable task, boolean soon) {
        gate.onSelector(task, soon);
    }

    private void answer() {
        Endpoint.complete(suspended, (request, response) -> Endpoint.write(response, "application/json", json));
    }

    private void refuse(Problem problem) {
        Endpoint.complete(suspended, (request, response) -> Endpoint.answer(request, response, problem));
    }
}
