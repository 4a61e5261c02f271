package dev.segue.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of W3C Trace Context: the trace of a request, and the operation that sent it. Of versions after 00,
 * the fields of version 00 are read, and what follows them is ignored.
 */
record TraceParent(String traceId, String spanId) {

    private static final String HEADER = "traceparent";

    /** Version ff is invalid, and so are a trace and an operation of zeros alone. Only later versions may have more fields. */
    private static final Pattern VALUE = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]{2}(?<more>-.*)?",
            Pattern.DOTALL);

    private static final String FIRST_VERSION = "00";

    /** The header of a request; null if it is missing, repeated or malformed. */
    static @Nullable TraceParent of(Request request) {
        return of(request.getHeaders());
    }

    static @Nullable TraceParent of(HttpFields headers) {
        String value = headers.get(HEADER);
        return value == null || headers.getValuesList(HEADER).size() > 1 ? null : parse(value);
    }

    /** The fields of a header; null if it is malformed. */
    private static @Nullable TraceParent parse(String value) {
        Matcher fields = VALUE.matcher(value);
        if (!fields.matches()
                || (fields.group("more") != null && fields.group(1).equals(FIRST_VERSION))) {
            return null;
        }
        return new TraceParent(fields.group(2), fields.group(3));
    }
}
