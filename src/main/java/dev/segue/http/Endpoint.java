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
 * A servlet of Segue's: actions by method, problems as answers. Actions only touch memory, so the context may call them on
 * the thread that selected the request.
 */
abstract class Endpoint extends HttpServlet {

    /** Handles the requests with one method. */
    @FunctionalInterface
    interface Action {
        void run(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    /** Less than this fits the buffer that Jetty sets up for every answer. */
    private static final int SURELY_BUFFERED = 4096;

    private final String path;
    private final transient Map<String, Action> actions = new LinkedHashMap<>();

    /**
     * @param path the path as the API's description has it, with {@code {name}} for what varies
     */
    Endpoint(String path) {
        this.path = path;
    }

    /** Adds an action; all are added in the constructor. */
    final void on(String method, Action action) {
        actions.put(method, action);
    }

    /** Adds a GET that changes nothing, so that HEAD may ask for it as well. */
    final void onSafeGet(Action action) {
        on("GET", action);
        on("HEAD", action);
    }

    /** The path as the API's description has it. */
    final String path() {
        return path;
    }

    /** The methods it answers. */
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
            answer(request, response, refused.problem());
        } catch (Error failed) {
            OutOfMemory.check(failed); // Jetty would make a response of it
            throw failed;
        }
    }

    /** Bytes that are no UTF-8 came out of the request line as replacement characters; in a path Jetty refuses them. */
    private static void requireText(@Nullable String query) {
        if (query != null && query.indexOf('\uFFFD') >= 0) {
            throw Problem.badRequest("the query string has bytes that are no UTF-8; write what is not ASCII as %XX")
                    .asException();
        }
    }

    private String allow() {
        return String.join(", ", actions.keySet()) + ", OPTIONS";
    }

    /** The part of the path after its one variable: {@code /report}, or nothing. */
    final String suffix() {
        return path.substring(path.indexOf('}') + 1);
    }

    /** The one variable part of the path, decoded. */
    final String variable(HttpServletRequest request) {
        if (request.getRequestURI().indexOf(';') >= 0) {
            throw Problem.badRequest("a ; ends what a path names; write it as %3B")
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

    static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        problem.headers().forEach(response::setHeader);
        write(response, Problem.CONTENT_TYPE, problem.toJson(request.getRequestURI()));
    }

    static void answerJson(HttpServletResponse response, Object value) throws IOException {
        write(response, "application/json", Json.bytes(value));
    }

    /**
     * Answers without blocking: the content stays in a buffer that is large enough, and leaves after the servlet. Content
     * that does not fit Jetty's buffer is written at once, by a thread that waits for the client.
     */
    static void write(HttpServletResponse response, String contentType, byte[] content) throws IOException {
        response.setContentType(contentType);
        if (content.length >= SURELY_BUFFERED) {
            response.setBufferSize(content.length + 1);
        }
        response.getOutputStream().write(content);
    }
}
