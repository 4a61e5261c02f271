package dev.segue.http;

import dev.segue.platform.OutOfMemory;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Turns errors that Jetty finds before or after a servlet into problem documents without internal details. */
final class ProblemErrorHandler extends ErrorHandler {

    private final BodySizes sizes;
    private volatile IntConsumer counter = status -> {};

    /** @param sizes longest bodies accepted */
    ProblemErrorHandler(BodySizes sizes) {
        this.sizes = sizes;
    }

    /** Counts the statuses of problems that do not pass a {@link DurableResponse} from now on. */
    void countBy(IntConsumer problems) {
        counter = problems;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return !"HEAD".equals(method);
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        OutOfMemory.check(cause);
        Problem problem = problem(request, code, message, cause);
        if (Response.as(response, DurableResponse.class) == null) {
            counter.accept(problem.status()); // a durable response counts its own status
        }
        problem.write(request, response, callback);
    }

    private Problem problem(Request request, int code, @Nullable String message, @Nullable Throwable cause) {
        return switch (code) {
            case 404 -> Problem.notFound(request.getHttpURI().getPath());
            case 413 -> Problem.bodyTooLarge(sizes.max(request));
            case 426, 505 -> Problem.badRequest("this version of HTTP is not supported; use HTTP/1.1");
            default -> Problem.of(code, detail(code, message, cause));
        };
    }

    private static String detail(int code, @Nullable String message, @Nullable Throwable cause) {
        return switch (code) {
            case 408 -> "the request did not arrive in time; send it again, faster";
            case 414 -> "the URI is too long; send its fields in a POST";
            case 417 -> "only 100-continue is supported in the Expect header; remove the header";
            case 431 -> "the request's headers are too large; send fewer or shorter ones";
            default ->
                code < 500
                                && cause instanceof HttpException
                                && message != null
                                && !message.equals(Problem.titleOf(code))
                        ? "the request is malformed: " + message
                        : code < 500
                                ? "the request is malformed: check its method, URI and headers"
                                : "the request failed; the server's log has the reason";
        };
    }
}
