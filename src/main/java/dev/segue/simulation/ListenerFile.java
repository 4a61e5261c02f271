package dev.segue.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.Nulls;
import dev.segue.file.FileException;
import dev.segue.file.LineInput;
import dev.segue.world.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code users.json}, plain or gzipped: one {@link Listener} per line. */
final class ListenerFile {

    private static final ObjectReader LISTENERS = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build()
            .readerFor(Listener.class);

    /** Settings that are per listener in the reference simulator's format, but the same for all listeners here. */
    private static final Map<String, Number> GLOBAL_RULES = Map.of(
            "session_budget", SessionRules.REFERENCE.budget(),
            "artist_discount_gamma", SessionRules.REFERENCE.artistDiscount(),
            "interest_neighbours", SessionRules.REFERENCE.interestNeighbours());

    private ListenerFile() {}

    /**
     * Reads the listeners of a file.
     *
     * @param tracks number of tracks; interests are ids from 0 to one less
     * @throws FileException if the file cannot be read or has no listeners, or if a line is invalid
     */
    static List<Listener> read(Path file, int tracks) {
        List<Listener> listeners = new ArrayList<>();
        Set<Integer> users = new HashSet<>();
        try (var input = LineInput.open(file);
                var lines = new BufferedReader(new InputStreamReader(input.stream(), UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String place = input.location(file.toString(), number);
                    Listener listener = parse(line, place);
                    requireInterests(listener, tracks, place);
                    if (!users.add(listener.user())) {
                        throw new FileException(
                                place + ": user " + listener.user() + " is listed twice; remove one of the lines");
                    }
                    listeners.add(listener);
                }
            }
        } catch (IOException e) {
            throw FileException.unreadable(file, e);
        }
        if (listeners.isEmpty()) {
            throw new FileException(file + " has no listeners");
        }
        return List.copyOf(listeners);
    }

    private static Listener parse(String line, String place) {
        try {
            return LISTENERS.readValue(line);
        } catch (JacksonException e) {
            Throwable cause = e.getCause();
            String reason = cause instanceof IllegalArgumentException wrong
                    ? Objects.requireNonNullElse(wrong.getMessage(), "")
                    : withoutParserDetails(e.getOriginalMessage());
            if (e instanceof UnrecognizedPropertyException unknown) {
                reason = unknownField(unknown.getPropertyName());
            }
            throw new FileException(
                    place + ": " + reason + "; a line is {\"user\":0,\"interests\":[1,2,3],\"consume_bias\":5.0,"
                            + "\"consume_sharpness\":1.0}",
                    e);
        }
    }

    /** The parser's message without the names of Java classes and parser features. */
    private static String withoutParserDetails(String message) {
        return message.replaceAll("(?s)Missing creator property '([^']*)'.*", "\"$1\" is missing")
                .replaceAll("(?s)(: enable `|; `| \\(for Object|\\n at \\[).*", "");
    }

    private static String unknownField(String field) {
        return GLOBAL_RULES.containsKey(field)
                ? field + " is " + GLOBAL_RULES.get(field) + " for all listeners of a simulation; remove it"
                : "unknown field \"" + field + "\"";
    }

    private static void requireInterests(Listener listener, int tracks, String place) {
        for (int interest : listener.interests()) {
            if (interest < 0 || interest >= tracks) {
                throw new FileException(place + ": interest " + interest + " is not a track id from 0 to "
                        + (tracks - 1) + "; take users.json and tracks.json from the same world");
            }
        }
    }
}
