package dev.segue.config;

import static dev.segue.config.ScoringSettings.CONTEXT;
import static dev.segue.config.ScoringSettings.EXPLORATION;
import static dev.segue.config.ScoringSettings.MODEL;
import static dev.segue.config.ScoringSettings.SESSIONS;
import static dev.segue.config.ScoringSettings.SOURCES;
import static dev.segue.config.ScoringSettings.TEMPERATURE;

import java.util.List;

/** The kinds of recommender that a configuration can name. */
public enum RecommenderType {
    CONTEXTUAL(MODEL, CONTEXT, EXPLORATION, TEMPERATURE),
    NEW(MODEL, CONTEXT, EXPLORATION, TEMPERATURE),
    INDEXED,
    TOP_POP(RecommenderSettings.SIZE),
    STICKY_ARTIST,
    RANDOM,
    SESSION(MODEL, EXPLORATION, TEMPERATURE),
    SESSION_KNN(SESSIONS, EXPLORATION, TEMPERATURE),
    BLEND(SOURCES, EXPLORATION, TEMPERATURE);

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Key<?>> keys;

    RecommenderType(Key<?>... keys) {
        this.keys = List.of(keys);
    }

    /** The keys that the type has, beside those that all types have. */
    List<Key<?>> keys() {
        return keys;
    }

    /** Whether a recommender of the type must have a key. */
    boolean requires(Key<?> key) {
        return switch (this) {
            case SESSION -> key.equals(MODEL);
            case SESSION_KNN -> key.equals(SESSIONS);
            case BLEND -> key.equals(SOURCES);
            case CONTEXTUAL, NEW, INDEXED, TOP_POP, STICKY_ARTIST, RANDOM -> false;
        };
    }

    /** Whether a recommender of the type needs no more than its type. */
    boolean needsNoKey() {
        return keys.stream().noneMatch(this::requires);
    }

    /** Whether models, lists or neighbours of the type are learned from logs. */
    public boolean isLearned() {
        return switch (this) {
            case CONTEXTUAL, NEW, INDEXED, SESSION, SESSION_KNN, BLEND -> true;
            case TOP_POP, STICKY_ARTIST, RANDOM -> false;
        };
    }

    /** The type as the file writes it, such as {@code top-pop}. */
    public String text() {
        return Values.Choice.text(this);
    }
}
