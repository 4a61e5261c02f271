package dev.segue.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of the access log.
 *
 * @param millis time at which the request arrived, in ms since 1970
 * @param path null for a request without one, such as a malformed one
 * @param nanos time from the head of the request to the end of the response
 * @param traceId null without a {@code traceparent}
 */
record AccessLine(
        long millis,
        @Nullable String remote,
        @Nullable String method,
        @Nullable String path,
        String protocol,
        String route,
        int status,
        long bytes,
        long nanos,
        @Nullable String traceId) {

    private static final DateTimeFormatter NCSA_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern UNSAFE = Pattern.compile("[^ -~]|[\"\\\\]");

    String toJson() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("time", Instant.ofEpochMilli(millis).toString());
        members.put("remote", remote);
        members.put("method", method);
        members.put("path", path);
        members.put("route", route);
        members.put("status", status);
        members.put("bytes", bytes);
        members.put("duration_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0);
        if (traceId != null) {
            members.put("trace_id", traceId);
        }
        return Json.string(members);
    }

    /** The Common Log Format; other characters than printable ASCII, quotes and backslashes become question marks. */
    String toNcsa() {
        String request = method + " " + path + " " + protocol;
        return (remote == null ? "-" : remote) + " - - [" + NCSA_TIME.format(Instant.ofEpochMilli(millis)) + "] \""
                + UNSAFE.matcher(request).replaceAll("?") + "\" " + status + " " + bytes;
    }
}
