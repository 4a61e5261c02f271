package dev.segue.http;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** Allows pages of other origins to read responses, by the CORS protocol of the Fetch standard, without credentials. */
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
}
