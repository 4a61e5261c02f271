package dev.segue.event;

import dev.segue.id.TrackIds;
import java.util.Locale;

/** A field of a log line. The constant is the field's name in upper case. */
enum EventField {
    MESSAGE(Type.TEXT),
    TIMESTAMP(Type.MILLISECONDS),
    USER("a string or " + Type.INTEGER),
    TRACK(Type.TRACK_ID),
    TIME(Type.NUMBER),
    LATENCY(Type.NUMBER),
    RECOMMENDATION(Type.TRACK_ID),
    EXPERIMENTS("an object of strings"),
    V(Type.INTEGER),
    SESSION(Type.INTEGER),
    SEQ(Type.COUNT),
    RECOMMENDER(Type.TEXT),
    FALLBACK(Type.COUNT),
    PROPENSITY(Type.NUMBER),
    CANDIDATES(Type.COUNT),
    GENERATION(Type.TEXT),
    REQUEST_ID(Type.TEXT),
    RECOMMENDATIONS("an array of tracks"),
    FORCED("an array of strings");

    private final String label;
    private final String typeError;

    EventField(String type) {
        label = name().toLowerCase(Locale.ROOT);
        typeError = "\"" + label + "\" must be " + type;
    }

    /** The field's name in the log. */
    String label() {
        return label;
    }

    /** The error message for a value of another type. */
    String typeError() {
        return typeError;
    }

    /** The names of types in error messages. */
    private static final class Type {
        static final String INTEGER = "an integer from 0 to 2^63-1";
        static final String MILLISECONDS = INTEGER + ", the milliseconds since 1970";
        static final String COUNT = "an integer from 0 to 2147483647";
        static final String TRACK_ID = TrackIds.FORM;
        static final String NUMBER = "a number";
        static final String TEXT = "a string";

        private Type() {}
    }
}
