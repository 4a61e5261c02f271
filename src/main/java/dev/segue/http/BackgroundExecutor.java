package dev.segue.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs slow actions, such as reports, one after the other on a background thread. The queue is bounded. */
final class BackgroundExecutor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundExecutor.class);
    private static final int MAX_QUEUED = 100;

    private final ExecutorService thread;

    /** @param name of the thread */
    BackgroundExecutor(String name) {
        thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_QUEUED), task -> DaemonThread.of(task, name));
    }

    /** An action that runs on the background thread. Problems and failures become problem documents. */
    Endpoint.Action later(Endpoint.Action action) {
        return (request, response) -> {
            AsyncContext suspended = request.startAsync();
            suspended.setTimeout(0);
            try {
                thread.execute(() -> run(action, request, suspended));
            } catch (RejectedExecutionException full) {
                Endpoint.respond(request, response, Problem.tooManyWaiting());
                suspended.complete();
            }
        };
    }

    private static void run(Endpoint.Action action, HttpServletRequest request, AsyncContext suspended) {
        HttpServletResponse response = (HttpServletResponse) suspended.getResponse();
        try {
            try {
                action.run(request, response);
            } catch (ProblemException refused) {
                Endpoint.respond(request, response, refused.problem());
            } catch (RuntimeException failed) {
                LOG.error("{} failed", request.getRequestURI(), failed);
                Endpoint.respond(
                        request, response, Problem.of(500, "the request failed; the server's log has the reason"));
            }
        } catch (IOException gone) {
            LOG.debug("the client has closed its connection", gone);
        } finally {
            suspended.complete();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
