package dev.segue.http;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** @param origins with commas between them, or {@code *} for all */
    OtherOrigins(String origins, Handler next) {
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
        return Paths.isAdmin(Paths.of(request))
                ? getHandler().handle(request, response, callback)
                : super.handle(request, response, callback);
    }
}
