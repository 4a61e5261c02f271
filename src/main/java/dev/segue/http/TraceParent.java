package dev.segue.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context: the trace of a request, and the operation that sent it. */
record TraceParent(String traceId, String spanId) {

    private static final String HEADER = "traceparent";

    /** Version 00; the trace and the operation must not be all zeros. */
    private static final Pattern VALUE =
            Pattern.compile("00-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]{2}");

    /** The header of a request; null if it is missing or malformed. */
    static @Nullable TraceParent of(Request request) {
        String value = request.getHeaders().get(HEADER);
        if (value == null) {
            return null;
        }
        Matcher parts = VALUE.matcher(value);
        return parts.matches() ? new TraceParent(parts.group(1), parts.group(2)) : null;
    }
}
