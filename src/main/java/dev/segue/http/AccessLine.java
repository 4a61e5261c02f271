package dev.segue.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
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
    private static final Pattern JSON_BEGIN = Pattern.compile("\\{\"time\":\"([^\"]*)\"");
    private static final Pattern NCSA_BEGIN = Pattern.compile("\\S+ - - \\[([^\\]]*)\\]");
    private static final Pattern UNSAFE = Pattern.compile("[^ -~]|[\"\\\\]");

    /** The time of a line, in ms since 1970; empty if it has none. */
    static OptionalLong millisOf(String line) {
        Matcher json = JSON_BEGIN.matcher(line);
        Matcher ncsa = NCSA_BEGIN.matcher(line);
        try {
            if (json.lookingAt()) {
                return OptionalLong.of(Instant.parse(json.group(1)).toEpochMilli());
            }
            if (ncsa.lookingAt()) {
                return OptionalLong.of(
                        Instant.from(NCSA_TIME.parse(ncsa.group(1))).toEpochMilli());
            }
        } catch (DateTimeException noTime) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

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
