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

/**
 * Does what takes its time away from the threads that answer listeners, one piece of work after the other. The
 * work that waits is bounded.
 */
final class BackgroundExecutor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundExecutor.class);
    private static final int MOST_WAITING = 100;

    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> DaemonThread.of(task, "segue-slow-work"));

    /** Does an action later; problems and failures become answers. */
    Endpoint.Action later(Endpoint.Action action) {
        return (request, response) -> {
            AsyncContext suspended = request.startAsync();
            suspended.setTimeout(0);
            try {
                thread.execute(() -> run(action, request, suspended));
            } catch (RejectedExecutionException full) {
                Endpoint.answer(
                        request, response, Problem.of(503, "too many such requests wait already; try again later"));
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
                Endpoint.answer(request, response, refused.problem());
            } catch (RuntimeException failed) {
                LOG.error("{} failed", request.getRequestURI(), failed);
                Endpoint.answer(request, response, Problem.of(500, "this failed; the server's log says why"));
            }
        } catch (IOException gone) {
            LOG.debug("whoever asked has gone", gone);
        } finally {
            suspended.complete();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
