package dev.segue.http;

import static dev.segue.http.FieldValues.bad;
import static dev.segue.http.FieldValues.quote;

import dev.segue.id.ListenerId;
import dev.segue.service.Exclude;
import dev.segue.state.Feedback;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads {@code {"user":1,"track":5,"feedback":"ban"}}, or the same with {@code "artist":"A"}, strictly. For one request. */
final class FeedbackReader {

    private static final String FORM = "{\"user\":1,\"track\":5,\"feedback\":\"ban\"}";
    private static final String VALUES =
            Arrays.stream(Feedback.values()).map(Feedback::json).collect(Collectors.joining(", "));

    private @Nullable ListenerId user;
    private @Nullable Integer track;
    private @Nullable String artist;
    private @Nullable Feedback feedback;

    private FeedbackReader() {}

    /**
     * Feedback of a listener.
     *
     * @param track the track; null for an artist
     * @param artist the artist; null for a track
     */
    record GivenFeedback(
            ListenerId user,
            @Nullable Integer track,
            @Nullable String artist,
            Feedback feedback) {}

    static GivenFeedback read(HttpServletRequest request, int maxBytes) throws IOException {
        byte[] body = JsonBody.read(request, maxBytes, "application/json");
        var reader = new FeedbackReader();
        try (JsonParser parser = Json.STRICT.createParser(ObjectReadContext.empty(), body)) {
            reader.readObject(parser);
        } catch (JacksonException malformed) {
            throw JsonBody.malformed(malformed);
        }
        return reader.given();
    }

    private void readObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw bad("the body must be a JSON object such as " + FORM);
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "user" -> user = FieldValues.listener(parser);
                case "track" -> track = FieldValues.track(parser, name);
                case "artist" -> artist = artist(parser);
                case "feedback" -> feedback = feedback(parser);
                default -> throw bad("unknown field " + quote(name) + "; known: artist, feedback, track, user");
            }
        }
        if (parser.nextToken() != null) {
            throw bad("the body goes on after the JSON object; send one object");
        }
    }

    private static String artist(JsonParser parser) {
        String name = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
        if (name.isEmpty() || name.length() > Exclude.MAX_CHARACTERS) {
            throw bad("artist must be a string of 1 to " + Exclude.MAX_CHARACTERS + " characters");
        }
        return name;
    }

    private static Feedback feedback(JsonParser parser) {
        String name = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
        return Feedback.of(name).orElseThrow(() -> bad("feedback must be one of " + VALUES));
    }

    private GivenFeedback given() {
        if (user == null || feedback == null || (track == null) == (artist == null)) {
            throw bad("the body needs user, feedback, and either track or artist, such as " + FORM);
        }
        return new GivenFeedback(user, track, artist, feedback);
    }
}
