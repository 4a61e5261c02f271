package dev.segue.server;

import dev.segue.event.Event.Playback;
import dev.segue.listener.ListenerId;
import dev.segue.listening.Listen;
import dev.segue.serving.NextTrackQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads questions strictly: what is unknown, doubled, missing, of another type or out of range is refused with a problem
 * that says what to change.
 */
final class RequestReader {

    /** The fields of a question; a Botify question has {@link #BOTIFY}, since its user stands in the path. */
    static final Set<String> ALL = Set.of("user", "track", "time", "request_id", "count", "explain", "dry_run");

    static final Set<String> BOTIFY = Set.of("track", "time", "request_id");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,9})?");

    private static final Pattern INSIDE = Pattern.compile(
            ", from `[^`]*`|( \\(start marker|: was expecting|: enable `| at \\[Source).*", Pattern.DOTALL);

    private final Set<String> fields;
    private final ServerMetrics metrics;

    private @Nullable ListenerId user;
    private int track = -1;
    private double time = Double.NaN;
    private boolean timeClamped;
    private @Nullable String requestId;
    private int count;
    private boolean explain;
    private boolean dryRun;

    private RequestReader(Set<String> fields, @Nullable ListenerId user, ServerMetrics metrics) {
        this.fields = fields;
        this.user = user;
        this.metrics = metrics;
    }

    /** Reads {@code GET /next_track?user=1&track=10&time=0.3}. */
    static NextTrackQuery fromParameters(HttpServletRequest request, ServerMetrics metrics) {
        var reader = new RequestReader(ALL, null, metrics);
        request.getParameterMap().forEach((name, values) -> {
            if (values.length != 1) {
                throw bad(name + " is given " + values.length + " times; give it once");
            }
            reader.setText(name, values[0]);
        });
        return reader.toQuery(false);
    }

    /** Reads the JSON body of {@code POST /next_track}. */
    static NextTrackQuery fromBody(HttpServletRequest request, int maxBytes, ServerMetrics metrics) throws IOException {
        return new RequestReader(ALL, null, metrics).readBody(request, maxBytes).toQuery(false);
    }

    /** Reads the JSON body of Botify's {@code POST /next/{user}} and {@code POST /last/{user}}. */
    static NextTrackQuery fromBotifyBody(
            HttpServletRequest request, ListenerId user, int maxBytes, ServerMetrics metrics) throws IOException {
        return new RequestReader(BOTIFY, user, metrics)
                .readBody(request, maxBytes)
                .toQuery(true);
    }

    /** Reads a listener from a path or a query string. */
    static ListenerId listener(String text) {
        return checked("user", text, ListenerId::parse);
    }

    private RequestReader readBody(HttpServletRequest request, int maxBytes) throws IOException {
        requireJson(request.getHeader("Content-Type")); // getContentType() throws where a charset is unknown
        if (request.getHeader("Content-Encoding") != null) {
            throw Problem.of(415, "send the body without Content-Encoding").asException();
        }
        if (request.getQueryString() != null) {
            throw bad("a POST has its fields in the JSON body; leave the query string empty");
        }
        int length = request.getContentLength(); // -1 if it comes in chunks
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(length < 0 ? maxBytes + 1 : Math.min(length, maxBytes + 1));
        } catch (IOException incomplete) {
            throw Problem.incompleteBody(incomplete.getCause() instanceof TimeoutException)
                    .asException();
        }
        if (body.length > maxBytes) {
            throw Problem.bodyTooLarge(maxBytes).asException();
        }
        if (body.length == 0) {
            throw bad("the body is empty; send a JSON object such as {\"user\":1,\"track\":10,\"time\":0.3}");
        }
        try (JsonParser parser = Json.STRICT.createParser(ObjectReadContext.empty(), body)) {
            readObject(parser);
        } catch (JacksonException malformed) {
            var location = malformed.getLocation();
            String place =
                    location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw bad("the body is no JSON object" + place + ": " + reason(malformed));
        }
        return this;
    }

    /** The parser's message, without its own names. */
    private static String reason(JacksonException malformed) {
        String message = INSIDE.matcher(malformed.getOriginalMessage()).replaceAll("");
        return message.indexOf('`') < 0 ? message : "it cannot be read";
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null
                || !contentType.regionMatches(true, 0, "application/json", 0, 16)
                || (contentType.length() > 16 && ";  \t".indexOf(contentType.charAt(16)) < 0)) {
            throw Problem.of(415, "send the body with Content-Type: application/json")
                    .asException();
        }
        String parameters = contentType.substring(16).toLowerCase(Locale.ROOT);
        if (parameters.contains("charset") && !parameters.matches(".*charset=\"?utf-?8\"?\\s*(;.*)?")) {
            throw Problem.of(415, "send the body in UTF-8, as JSON is").asException();
        }
    }

    private void readObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw bad("the body must be a JSON object such as {\"user\":1,\"track\":10,\"time\":0.3}");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            requireKnown(name);
            parser.nextToken();
            setValue(name, parser);
        }
        if (parser.nextToken() != null) {
            throw bad("the body goes on after the JSON object; send one object");
        }
    }

    private void requireKnown(String name) {
        if (!fields.contains(name)) {
            throw bad("unknown field " + quote(name) + "; known: "
                    + String.join(", ", fields.stream().sorted().toList()));
        }
    }

    private void setValue(String name, JsonParser parser) {
        switch (name) {
            case "user" ->
                user = parser.currentToken() == JsonToken.VALUE_STRING
                        ? checked(name, parser.getString(), ListenerId::ofString)
                        : ListenerId.of(integer(parser, "user, unless it is a string,", 0, Long.MAX_VALUE));
            case "track" -> track = (int) integer(parser, name, 0, Integer.MAX_VALUE);
            case "time" -> {
                if (!parser.currentToken().isNumeric()) {
                    throw bad("time must be a number from 0 to 1");
                }
                setTime(parser.getDoubleValue());
            }
            case "request_id" -> {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    throw bad("request_id must be a string");
                }
                setRequestId(parser.getString());
            }
            case "count" -> count = (int) integer(parser, name, 1, NextTrackQuery.MAX_COUNT);
            case "explain" -> explain = bool(parser, name);
            default -> dryRun = bool(parser, name);
        }
    }

    private void setText(String name, String text) {
        requireKnown(name);
        switch (name) {
            case "user" -> user = listener(text);
            case "track" -> track = (int) integer(text, name, 0, Integer.MAX_VALUE);
            case "time" -> {
                if (!DECIMAL.matcher(text).matches()) {
                    throw bad("time must be a number from 0 to 1");
                }
                setTime(Double.parseDouble(text));
            }
            case "request_id" -> setRequestId(text);
            case "count" -> count = (int) integer(text, name, 1, NextTrackQuery.MAX_COUNT);
            case "explain" -> explain = bool(text, name);
            default -> dryRun = bool(text, name);
        }
    }

    private static long integer(JsonParser parser, String name, long min, long max) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            // Longer numbers are out of any range; asking the parser for their value would throw.
            String digits = parser.getString();
            return integer(digits, name, min, max);
        }
        throw bad(name + " must be an integer from " + min + " to " + max);
    }

    private static long integer(String text, String name, long min, long max) {
        long value = 0;
        boolean valid = !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
        for (int i = 0; i < text.length() && valid; i++) {
            int digit = text.charAt(i) - '0';
            valid = digit >= 0 && digit <= 9 && value <= (max - digit) / 10;
            value = 10 * value + digit;
        }
        if (!valid || value < min) {
            throw bad(name + " must be an integer from " + min + " to " + max);
        }
        return value;
    }

    private static boolean bool(JsonParser parser, String name) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw bad(name + " must be true or false");
        };
    }

    private static boolean bool(String text, String name) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name + " must be true or false");
        };
    }

    private void setTime(double value) {
        try {
            time = Playback.share(value);
            timeClamped = Playback.isClamped(value);
        } catch (IllegalArgumentException refused) {
            throw bad("time must be a number from 0 to 1: the fraction of the track that was played");
        }
    }

    private void setRequestId(String value) {
        if (value.isEmpty()
                || value.codePointCount(0, value.length()) > NextTrackQuery.MAX_REQUEST_ID_LENGTH
                || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw bad("request_id must have 1 to " + NextTrackQuery.MAX_REQUEST_ID_LENGTH
                    + " characters of valid Unicode");
        }
        requestId = value;
    }

    private NextTrackQuery toQuery(boolean listenRequired) {
        if (user == null) {
            throw bad("user is missing: name the listener by an integer or a string");
        }
        if ((track < 0) != Double.isNaN(time)) {
            throw bad(
                    track < 0
                            ? "time is given without track; give both or neither"
                            : "track is given without time; give both or neither");
        }
        if (listenRequired && track < 0) {
            throw bad("track and time are missing: the track that was just played, and the fraction of it");
        }
        if (timeClamped && !dryRun) {
            metrics.clampedShare();
        }
        return new NextTrackQuery(user, track < 0 ? null : new Listen(track, time), requestId, count, explain, dryRun);
    }

    private static <T> T checked(String name, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException refused) {
            throw bad(name + ": " + refused.getMessage());
        }
    }

    private static String quote(String name) {
        return '"' + (name.length() <= 40 ? name : name.substring(0, 40) + "…") + '"';
    }

    private static ProblemException bad(String detail) {
        return Problem.badRequest(detail).asException();
    }
}
