package dev.segue.http;

import static dev.segue.http.FieldValues.bad;
import static dev.segue.http.FieldValues.bool;
import static dev.segue.http.FieldValues.checked;
import static dev.segue.http.FieldValues.integer;
import static dev.segue.http.FieldValues.quote;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.service.Exclude;
import dev.segue.service.NextTrackQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads requests strictly. A field that is unknown, repeated, missing, out of range or of another type leads to a problem with
 * a remedy.
 */
final class RequestReader {

    /** The fields of Botify's {@code /next}; its path has the user. */
    static final Set<String> BOTIFY_NEXT = Set.of("track", "time", "request_id", "exclude");

    static final Set<String> BOTIFY_LAST = Set.of("track", "time", "request_id");

    private static final Set<String> BODY =
            Set.of("user", "track", "time", "request_id", "count", "explain", "dry_run", "exclude");

    private static final Set<String> PARAMETERS = Set.of(
            "user",
            "track",
            "time",
            "request_id",
            "count",
            "explain",
            "dry_run",
            ExcludeReader.TRACK,
            ExcludeReader.ARTIST);

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,9})?");

    private static final Pattern INSIDE = Pattern.compile(
            ", from `[^`]*`|( \\(start marker|: was expecting|: enable `| at \\[Source).*", Pattern.DOTALL);

    private final Set<String> fields;
    private final ServerMetrics metrics;

    private @Nullable ListenerId user;
    private int track = Recommendation.NO_TRACK;
    private @Nullable String unknownTrack;
    private double time = Double.NaN;
    private boolean timeClamped;
    private @Nullable String requestId;
    private int count;
    private boolean explain;
    private boolean dryRun;
    private Exclude exclude = Exclude.NONE;

    private RequestReader(Set<String> fields, @Nullable ListenerId user, ServerMetrics metrics) {
        this.fields = fields;
        this.user = user;
        this.metrics = metrics;
    }

    /** Reads {@code GET /next_track?user=1&track=10&time=0.3}. */
    static NextTrackQuery fromParameters(HttpServletRequest request, ServerMetrics metrics) {
        var reader = new RequestReader(PARAMETERS, null, metrics);
        request.getParameterMap().forEach((name, values) -> {
            if (ExcludeReader.isParameter(name)) {
                reader.exclude = ExcludeReader.with(reader.exclude, name, values);
                return;
            }
            if (values.length != 1) {
                throw bad(name + " is given " + values.length + " times; give it once");
            }
            reader.setText(name, values[0]);
        });
        return reader.toQuery(false);
    }

    /** Reads the JSON body of {@code POST /next_track}. */
    static NextTrackQuery fromBody(HttpServletRequest request, int maxBytes, ServerMetrics metrics) throws IOException {
        return new RequestReader(BODY, null, metrics)
                .readBody(request, maxBytes)
                .toQuery(false);
    }

    /**
     * Reads the JSON body of Botify's {@code POST /next/{user}} or {@code POST /last/{user}}.
     *
     * @param fields {@link #BOTIFY_NEXT} or {@link #BOTIFY_LAST}
     */
    static NextTrackQuery fromBotifyBody(
            HttpServletRequest request, Set<String> fields, ListenerId user, int maxBytes, ServerMetrics metrics)
            throws IOException {
        return new RequestReader(fields, user, metrics)
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
            case "track" -> {
                track = FieldValues.track(parser, name);
                unknownTrack = track == TrackIds.UNKNOWN ? parser.getString() : null;
            }
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
            case "exclude" -> exclude = ExcludeReader.read(parser);
            default -> dryRun = bool(parser, name);
        }
    }

    private void setText(String name, String text) {
        requireKnown(name);
        switch (name) {
            case "user" -> user = listener(text);
            case "track" -> {
                track = FieldValues.track(text, name);
                unknownTrack = track == TrackIds.UNKNOWN ? text : null;
            }
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
        boolean withoutTrack = track == Recommendation.NO_TRACK;
        if (withoutTrack != Double.isNaN(time)) {
            throw bad(
                    withoutTrack
                            ? "time is given without track; give both or neither"
                            : "track is given without time; give both or neither");
        }
        if (listenRequired && withoutTrack) {
            throw bad("track and time are missing: the track that was just played, and the fraction of it");
        }
        if (timeClamped && !dryRun) {
            metrics.clampedShare();
        }
        return new NextTrackQuery(
                user,
                withoutTrack ? null : new Playback(track, time, unknownTrack),
                requestId,
                count,
                explain,
                dryRun,
                exclude);
    }
}
