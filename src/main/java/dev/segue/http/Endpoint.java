package dev.segue.http;

import dev.segue.platform.OutOfMemory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A servlet with an action for each method; a {@link ProblemException} becomes a problem document. Actions use memory alone, so
 * the selector's thread may run them.
 */
abstract class Endpoint extends HttpServlet {

    /** Handles the requests with one method. */
    @FunctionalInterface
    interface Action {
        void run(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private final String path;
    private final transient Map<String, Action> actions = new LinkedHashMap<>();
    private transient @Nullable RouteMetrics metrics;

    /**
     * @param path the path as in the OpenAPI document, with {@code {name}} for its variable part
     */
    Endpoint(String path) {
        this.path = path;
    }

    /** Counts and times the responses; to be called before the first request. */
    final void measure(RouteMetrics itsMetrics) {
        metrics = itsMetrics;
    }

    /** Adds an action. All actions are added in constructors. */
    final void on(String method, Action action) {
        actions.put(method, action);
    }

    /** Adds a GET without side effects, and HEAD. */
    final void onSafeGet(Action action) {
        on("GET", action);
        on("HEAD", action);
    }

    /** The path as in the OpenAPI document. */
    final String path() {
        return path;
    }

    /** The methods that have an action. */
    final Set<String> methods() {
        return actions.keySet();
    }

    /** The servlet mapping: {@code /next/{user}} becomes {@code /next/*}; the root matches itself alone. */
    final String mapping() {
        int variable = path.indexOf('{');
        if (variable >= 0) {
            return path.substring(0, variable) + "*";
        }
        return path.equals("/") ? "" : path;
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (metrics != null) {
                DurableResponse.of(request).measureAs(metrics);
            }
            requireText(request.getQueryString());
            if (!request.getMethod().equals("POST")) {
                response.setHeader("Cache-Control", "no-store");
            }
            Action action = actions.get(request.getMethod());
            if (action != null) {
                action.run(request, response);
            } else if (request.getMethod().equals("OPTIONS")) {
                response.setStatus(204);
                response.setHeader("Allow", allow());
            } else {
                throw Problem.methodNotAllowed(request.getMethod(), path, allow())
                        .asException();
            }
        } catch (ProblemException refused) {
            respond(request, response, refused.problem());
        } catch (Error failed) {
            OutOfMemory.check(failed); // Jetty would turn it into a response
            throw failed;
        }
    }

    /** Jetty decodes invalid UTF-8 in a query string to replacement characters; in a path Jetty refuses it. */
    private static void requireText(@Nullable String query) {
        if (query != null && query.indexOf('\uFFFD') >= 0) {
            throw Problem.badRequest("the query string is not valid UTF-8; encode other characters than ASCII as %XX")
                    .asException();
        }
    }

    private String allow() {
        return String.join(", ", actions.keySet()) + ", OPTIONS";
    }

    /** The part of the path after its variable, such as {@code /report}; may be empty. */
    final String suffix() {
        return path.substring(path.indexOf('}') + 1);
    }

    /** The variable part of the path, decoded. */
    final String variable(HttpServletRequest request) {
        if (request.getRequestURI().indexOf(';') >= 0) {
            throw Problem.badRequest("a ; is not allowed in a path; encode it as %3B")
                    .asException();
        }
        String rest = request.getPathInfo();
        if (rest == null || !rest.endsWith(suffix())) {
            throw Problem.notFound(request.getRequestURI()).asException();
        }
        String value = rest.substring(0, rest.length() - suffix().length());
        if (value.length() < 2 || value.indexOf('/', 1) >= 0) {
            throw Problem.notFound(request.getRequestURI()).asException();
        }
        return value.substring(1);
    }

    /** Responds to a suspended request and completes it, even if the response cannot be written. */
    static void complete(AsyncContext suspended, Action action) {
        try {
            action.run((HttpServletRequest) suspended.getRequest(), (HttpServletResponse) suspended.getResponse());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } finally {
            suspended.complete();
        }
    }

    static void respond(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        problem.headers().forEach(response::setHeader);
        writeAsTyped(response, Problem.CONTENT_TYPE, problem.toJson(request.getRequestURI()));
    }

    static void respondJson(HttpServletResponse response, Object value) throws IOException {
        writeAsTyped(response, "application/json", Json.bytes(value));
    }

    /** As {@link #write}, and forbids browsers to guess another type. Recommendations do without it, because they are many. */
    static void writeAsTyped(HttpServletResponse response, String contentType, byte[] content) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        write(response, contentType, content);
    }

    /**
     * Writes a response without blocking: the buffer is made large enough for the content, and is sent after the servlet has
     * returned. Content beyond the buffer would be written at once, by a thread that waits for the client and for the log; a
     * selector's thread would never end this wait, since the log's acknowledgement reaches the response on the same thread.
     */
    static void write(HttpServletResponse response, String contentType, byte[] content) throws IOException {
        response.setContentType(contentType);
        if (content.length >= BoundedHttp.RESPONSE_BUFFER_BYTES) {
            response.setBufferSize(content.length + 1);
        }
        response.getOutputStream().write(content);
    }
}
