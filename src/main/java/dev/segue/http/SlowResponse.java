package dev.segue.http;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
import dev.segue.platform.OutOfMemory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response of a slow recommender or to a batch. A recommender's thread computes it, the log writes its event, and the thread of the
 * connection's selector sends it. As with fast recommenders, only the selector's thread uses the request and the response.
 *
 * <p>{@link RequestLimit} bounds the number of waiting requests. The response is 503 with Retry-After if a request has waited too
 * long for a thread; see {@link WaitLimit}.
 */
final class SlowResponse implements WorkQueue.Work, Acknowledgement {

    private static final Logger LOG = LoggerFactory.getLogger(SlowResponse.class);

    private final AsyncContext suspended;
    private final DurableResponse durable;
    private final EventLog log;
    private final Supplier<EncodedResponse> computation;
    private @Nullable Thread waitsForLog;
    private EncodedResponse computed = new EncodedResponse(new byte[0], "", 0);

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
     * @param queue of the threads that run the computation
     * @param computation must not use the request
     */
    static void begin(
            HttpServletRequest request, EventLog log, WorkQueue queue, Supplier<EncodedResponse> computation) {
        queue.add(new SlowResponse(request, log, computation));
    }

    @Override
    public void refuse(Problem problem) {
        send(() -> respond(problem), true);
    }

    @Override
    public void start() {
        try {
            computed = computation.get();
            if (computed.position() == 0) {
                send(this::respond, true);
            } else {
                waitsForLog = Thread.currentThread();
                log.whenWritten(computed.position(), this);
            }
        } catch (ProblemException refused) {
            refuse(refused.problem());
        } catch (Throwable failed) { // the request ends in any case
            OutOfMemory.check(failed);
            LOG.error("a recommendation failed", failed);
            refuse(Problem.of(500, "the request failed; the server's log has the reason"));
        }
    }

    @Override
    public void done() {
        send(this::respond, Thread.currentThread() == waitsForLog);
    }

    @Override
    public void timedOut() {
        send(() -> respond(Problem.logUnavailable(true)), Thread.currentThread() == waitsForLog);
    }

    /** Runs a task on the selector's thread: soon, or after the log's current batch. */
    private void send(Runnable task, boolean soon) {
        durable.onSelector(task, soon);
    }

    private void respond() {
        Endpoint.complete(
                suspended, (request, response) -> Endpoint.write(response, computed.type(), computed.content()));
    }

    private void respond(Problem problem) {
        Endpoint.complete(suspended, (request, response) -> Endpoint.respond(request, response, problem));
    }
}
