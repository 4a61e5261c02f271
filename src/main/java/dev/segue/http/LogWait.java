package dev.segue.http;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a request for a log that cannot be written. The request holds no thread while it waits, and is handled again afterwards.
 * Its body can be read only once, so what was read from it is kept.
 */
final class LogWait {

    private LogWait() {}

    /** The content that was read before the wait; null if the request has not waited. */
    static @Nullable Object readBefore(HttpServletRequest request) {
        return request.getAttribute(LogWait.class.getName());
    }

    /**
     * Suspends a request until the log can be written.
     *
     * @param read what was read from the request
     * @throws ProblemException if the request has waited before: the wait is bounded
     */
    static void begin(HttpServletRequest request, EventLog log, Object read) {
        if (readBefore(request) != null) {
            throw Problem.logUnavailable(false).asException();
        }
        request.setAttribute(LogWait.class.getName(), read);
        AsyncContext suspended = request.startAsync();
        suspended.setTimeout(0); // the log's own deadline ends the wait
        log.whenWritable(new Acknowledgement() {
            @Override
            public void done() {
                suspended.dispatch();
            }

            @Override
            public void timedOut() {
                Endpoint.complete(
                        suspended,
                        (waited, response) -> Endpoint.respond(waited, response, Problem.logUnavailable(false)));
            }
        });
    }
}
