package dev.segue.http;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Allows pages of other origins to read responses, by the CORS protocol of the Fetch standard, without credentials. Responses to
 * administration are never allowed.
 */
final class OtherOrigins extends CrossOriginHandler {

    private final IntConsumer preflights;

    /**
     * @param origins with commas between them, or {@code *} for all
     * @param preflights counts the statuses of responses to preflight requests, which no endpoint gets
     */
    OtherOrigins(String origins, IntConsumer preflights, Handler next) {
        this.preflights = preflights;
        setHandler(next);
        setAllowedOriginPatterns(
                origins.equals("*")
                        ? Set.of("*")
                        : Arrays.stream(origins.split(",")).map(Pattern::quote).collect(Collectors.toSet()));
        setAllowedMethods(Set.of("GET", "HEAD", "POST"));
        setAllowedHeaders(Set.of("Content-Type"));
        setAllowCredentials(false);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Paths.isAdmin(Paths.of(request))) {
            return getHandler().handle(request, response, callback);
        }
        if (isPreflight(request)) {
            preflights.accept(HttpStatus.OK_200);
        }
        return super.handle(request, response, callback);
    }

    private static boolean isPreflight(Request request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeaders().contains(HttpHeader.ORIGIN)
                && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
