package dev.segue.event;

import dev.segue.event.Event.Message;
import dev.segue.event.Event.Origin;
import dev.segue.event.Event.Playback;
import dev.segue.listener.ListenerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One line of a log, Segue's or Botify's, on its way to an event. Fields may come in any order; unknown ones are skipped. */
final class EventParser {

    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable Message message;
    private @Nullable Long timestamp;
    private @Nullable ListenerId listener;
    private @Nullable Integer track;
    private @Nullable Double time;
    private long latencyNanos;
    private int recommendation = Event.NO_TRACK;
    private final List<String> experiments = new ArrayList<>();
    private final List<String> arms = new ArrayList<>();
    private final List<String> forced = new ArrayList<>();
    private long session;
    private int sequence;
    private @Nullable String recommender;
    private int fallback;
    private double propensity = Origin.UNKNOWN_PROPENSITY;
    private int candidates;
    private @Nullable String generation;
    private @Nullable String requestId;
    private final List<Integer> recommendations = new ArrayList<>();

    private EventParser() {}

    /**
     * Reads one line.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     * @throws IllegalArgumentException if it is no event
     */
    static Event parse(byte[] bytes, int length) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("an event is a JSON object");
            }
            EventParser line = new EventParser();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                line.field(name, json);
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("something follows the event in its line");
            }
            return line.event();
        }
    }

    private void field(String name, JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return; // says the same as no field
        }
        switch (name) {
            case "message" -> message = message(string(name, json));
            case "timestamp" -> timestamp = integer(name, json);
            case "user" -> listener = listener(json);
            case "track" -> track = track(name, json);
            case "time" -> time = number(name, json);
            case "latency" -> latencyNanos = nanos(number(name, json));
            case "recommendation" -> recommendation = track(name, json);
            case "experiments" -> experiments(json);
            case "v" -> requireVersion(integer(name, json));
            case "session" -> session = integer(name, json);
            case "seq" -> sequence = int32(name, json);
            case "recommender" -> recommender = string(name, json);
            case "fallback" -> fallback = int32(name, json);
            case "propensity" -> propensity = number(name, json);
            case "candidates" -> candidates = int32(name, json);
            case "generation" -> generation = string(name, json);
            case "request_id" -> requestId = string(name, json);
            case "recommendations" -> array(name, json, () -> recommendations.add(track(name, json)));
            case "forced" -> array(name, json, () -> forced.add(string(name, json)));
            default -> json.skipChildren();
        }
    }

    private Event event() {
        if (message == null || timestamp == null || listener == null) {
            throw new IllegalArgumentException(
                    "missing " + (message == null ? "\"message\"" : timestamp == null ? "\"timestamp\"" : "\"user\""));
        }
        return new Event(
                message,
                timestamp,
                listener,
                track == null || time == null ? null : new Playback(track, time),
                latencyNanos,
                recommendation,
                new Arms(experiments, arms, forced),
                session,
                sequence,
                recommender == null ? null : new Origin(recommender, fallback, propensity, candidates),
                generation,
                requestId,
                recommendations);
    }

    private static Message message(String name) {
        for (Message message : Message.values()) {
            if (message.json().equals(name)) {
                return message;
            }
        }
        throw new IllegalArgumentException("\"message\" is \"start\", \"next\" or \"last\", not \"" + name + "\"");
    }

    private static ListenerId listener(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING
                ? ListenerId.ofString(json.getString())
                : ListenerId.of(integer("user", json));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private void experiments(JsonParser json) {
        require(json.currentToken() == JsonToken.START_OBJECT, "experiments", "an object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            experiments.add(json.currentName());
            json.nextToken();
            arms.add(string("experiments", json));
        }
    }

    private static void array(String name, JsonParser json, Runnable element) {
        require(json.currentToken() == JsonToken.START_ARRAY, name, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    private static void requireVersion(long version) {
        if (version > Event.VERSION) {
            throw new IllegalArgumentException("the line has version " + version + ", this Segue reads up to "
                    + Event.VERSION + ": use a newer one");
        }
    }

    private static String string(String name, JsonParser json) {
        require(json.currentToken() == JsonToken.VALUE_STRING, name, "a string");
        return json.getString();
    }

    private static int track(String name, JsonParser json) {
        long track = integer(name, json);
        require(track >= 0 && track <= Integer.MAX_VALUE, name, "a track, 0 to 2147483647");
        return (int) track;
    }

    private static long integer(String name, JsonParser json) {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, name, "an integer");
        require(json.getNumberType() != NumberType.BIG_INTEGER, name, "an integer of at most 64 bits");
        return json.getLongValue();
    }

    private static int int32(String name, JsonParser json) {
        long value = integer(name, json);
        require(value == (int) value, name, "an integer of at most 32 bits");
        return (int) value;
    }

    private static double number(String name, JsonParser json) {
        require(json.currentToken().isNumeric(), name, "a number");
        return json.getDoubleValue();
    }

    private static void require(boolean condition, String name, String what) {
        if (!condition) {
            throw new IllegalArgumentException("\"" + name + "\" must be " + what);
        }
    }
}
