package dev.segue.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.event.Event.Message;
import dev.segue.event.Event.Origin;
import dev.segue.event.Event.Playback;
import dev.segue.json.JsonCursor;
import dev.segue.json.TextCache;
import dev.segue.listener.ListenerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of a line of a log, Segue's or Botify's. Fields may come in any order; unknown ones are skipped. For one
 * thread.
 */
final class EventParser {

    private static final String INTEGER = "an integer from 0 to 2^63-1";
    private static final String COUNT = "an integer from 0 to 2147483647";
    private static final String TRACK_ID = "a track, 0 to 2147483647";
    private static final String NUMBER = "a number";
    private static final String TEXT = "a string";

    /** What a line may say, by the fields' names in capitals. */
    private enum Field {
        MESSAGE(TEXT),
        TIMESTAMP(INTEGER),
        USER("a string or " + INTEGER),
        TRACK(TRACK_ID),
        TIME(NUMBER),
        LATENCY(NUMBER),
        RECOMMENDATION(TRACK_ID),
        EXPERIMENTS("an object of strings"),
        V(INTEGER),
        SESSION(INTEGER),
        SEQ(COUNT),
        RECOMMENDER(TEXT),
        FALLBACK(COUNT),
        PROPENSITY(NUMBER),
        CANDIDATES(COUNT),
        GENERATION(TEXT),
        REQUEST_ID(TEXT),
        RECOMMENDATIONS("an array of tracks"),
        FORCED("an array of strings");

        private final String label;
        private final String otherwise;

        Field(String type) {
            label = name().toLowerCase(Locale.ROOT);
            otherwise = "\"" + label + "\" must be " + type;
        }
    }

    private static final Field[] FIELDS = Field.values();

    private static final byte[][] NAMES =
            Arrays.stream(FIELDS).map(field -> field.label.getBytes(US_ASCII)).toArray(byte[][]::new);

    /** How JSON begins that is no object. */
    private static final String OTHER_JSON = "[\"-0123456789tfn";

    private final JsonCursor json = new JsonCursor(new byte[] {'\n'}, 1);
    private final TextCache texts = new TextCache();
    private int expectedField;
    private Arms lastArms = Arms.NONE;

    private @Nullable Message message;
    private @Nullable Long timestamp;
    private @Nullable ListenerId listener;
    private @Nullable Integer track;
    private @Nullable Double time;
    private long latencyNanos;
    private int recommendation;
    private final List<String> experiments = new ArrayList<>();
    private final List<String> arms = new ArrayList<>();
    private final List<String> forced = new ArrayList<>();
    private long session;
    private int sequence;
    private @Nullable String recommender;
    private int fallback;
    private double propensity;
    private int candidates;
    private @Nullable String generation;
    private @Nullable String requestId;
    private final List<Integer> recommendations = new ArrayList<>();

    /**
     * Reads one line.
     *
     * @param length of the line; a newline stands behind it
     * @throws dev.segue.json.JsonProblem if it is no JSON, or a field has another type than it should
     * @throws IllegalArgumentException if it is no event for another reason
     */
    Event parse(byte[] bytes, int length) {
        clear();
        json.start(bytes, length + 1);
        if (!json.nextLine() || OTHER_JSON.indexOf(json.peek()) >= 0) {
            throw new IllegalArgumentException("an event is a JSON object");
        }
        json.beginObject();
        while (json.nextName()) {
            Field field = field();
            if (field == null) {
                json.skipValue();
            } else if (!json.skipNull()) { // which says the same as no field
                read(field);
            }
        }
        json.endLine();
        return event();
    }

    private void clear() {
        message = null;
        timestamp = null;
        listener = null;
        track = null;
        time = null;
        latencyNanos = 0;
        recommendation = Event.NO_TRACK;
        experiments.clear();
        arms.clear();
        forced.clear();
        session = 0;
        sequence = 0;
        recommender = null;
        fallback = 0;
        propensity = Origin.UNKNOWN_PROPENSITY;
        candidates = 0;
        generation = null;
        requestId = null;
        recommendations.clear();
    }

    /** The field of the last name; null for an unknown one. Lines mostly have the same fields in the same order. */
    private @Nullable Field field() {
        for (int i = 0; i < FIELDS.length; i++) {
            int guess = (expectedField + i) % FIELDS.length;
            if (json.nameIs(NAMES[guess])) {
                expectedField = guess + 1;
                return FIELDS[guess];
            }
        }
        return null;
    }

    private void read(Field field) {
        switch (field) {
            case MESSAGE -> message = message(text(field));
            case TIMESTAMP -> timestamp = integer(field);
            case USER -> listener = listener(field);
            case TRACK -> track = count(field);
            case TIME -> time = number(field);
            case LATENCY -> latencyNanos = Math.round(number(field) * 1e9);
            case RECOMMENDATION -> recommendation = count(field);
            case EXPERIMENTS -> experiments(field);
            case V -> requireVersion(integer(field));
            case SESSION -> session = integer(field);
            case SEQ -> sequence = count(field);
            case RECOMMENDER -> recommender = text(field);
            case FALLBACK -> fallback = count(field);
            case PROPENSITY -> propensity = number(field);
            case CANDIDATES -> candidates = count(field);
            case GENERATION -> generation = text(field);
            case REQUEST_ID -> requestId = text(field);
            case RECOMMENDATIONS -> array(field, () -> recommendations.add(count(field)));
            case FORCED -> array(field, () -> forced.add(text(field)));
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
                arms(),
                session,
                sequence,
                recommender == null ? null : new Origin(recommender, fallback, propensity, candidates),
                generation,
                requestId,
                recommendations);
    }

    /** Few listeners' arms differ from those of the one before. */
    private Arms arms() {
        if (!lastArms.experiments().equals(experiments)
                || !lastArms.arms().equals(arms)
                || !lastArms.forced().equals(forced)) {
            lastArms = new Arms(experiments, arms, forced);
        }
        return lastArms;
    }

    private static Message message(String name) {
        for (Message message : Message.values()) {
            if (message.json().equals(name)) {
                return message;
            }
        }
        throw new IllegalArgumentException("\"message\" is \"start\", \"next\" or \"last\", not \"" + name + "\"");
    }

    private ListenerId listener(Field field) {
        return json.atString() ? ListenerId.ofString(text(field)) : ListenerId.of(integer(field));
    }

    private void experiments(Field field) {
        if (json.peek() != '{') {
            throw json.problem(field.otherwise);
        }
        json.beginObject();
        while (json.nextName()) {
            experiments.add(json.name(texts));
            arms.add(text(field));
        }
    }

    private void array(Field field, Runnable element) {
        json.beginArray(field.otherwise);
        while (json.nextElement()) {
            element.run();
        }
    }

    private static void requireVersion(long version) {
        if (version > Event.VERSION) {
            throw new IllegalArgumentException("the line has version " + version + ", this Segue reads up to "
                    + Event.VERSION + ": use a newer one");
        }
    }

    private String text(Field field) {
        return json.text(texts, field.otherwise);
    }

    private long integer(Field field) {
        return json.integer(Long.MAX_VALUE, field.otherwise);
    }

    /** An integer that is no larger than an int may be. */
    private int count(Field field) {
        return (int) json.integer(Integer.MAX_VALUE, field.otherwise);
    }

    private double number(Field field) {
        return json.number(field.otherwise);
    }
}
