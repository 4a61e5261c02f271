package dev.segue.config;

import static dev.segue.config.RecommenderSettings.BEST;
import static dev.segue.config.RecommenderSettings.SIZE;
import static dev.segue.config.ScoringSettings.CONTEXT;
import static dev.segue.config.ScoringSettings.EXPLORATION;
import static dev.segue.config.ScoringSettings.MODEL;
import static dev.segue.config.ScoringSettings.OPTIONAL;
import static dev.segue.config.ScoringSettings.SESSIONS;
import static dev.segue.config.ScoringSettings.SOURCES;
import static dev.segue.config.ScoringSettings.TEMPERATURE;

import java.util.List;

/** The kinds of recommender that a configuration can name. */
public enum RecommenderType {
    CONTEXTUAL(MODEL, CONTEXT, EXPLORATION, TEMPERATURE, BEST),
    NEW(MODEL, CONTEXT, EXPLORATION, TEMPERATURE, BEST),
    INDEXED(BEST),
    TOP_POP(SIZE, BEST),
    STICKY_ARTIST,
    RANDOM,
    SESSION(MODEL, OPTIONAL, EXPLORATION, TEMPERATURE, BEST),
    SESSION_KNN(SESSIONS, EXPLORATION, TEMPERATURE, BEST),
    BLEND(SOURCES, EXPLORATION, TEMPERATURE, BEST);

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
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

    /** Whether the type has no required key. */
    boolean needsNoKey() {
        return keys.stream().noneMatch(this::requires);
    }

    /** Whether a recommender of the type has an order of its tracks, by scores or by a list that is ordered. */
    public boolean hasOrder() {
        return keys.contains(BEST);
    }

    /** Whether a recommender of the type has a choice of {@link NeighbourContext}, unless it has a model. */
    public boolean hasContext() {
        return keys.contains(CONTEXT);
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
