package dev.segue.config;

import java.util.Locale;
import java.util.Optional;

/** The kinds of recommender a configuration can name. */
public enum RecommenderType {
    CONTEXTUAL,
    NEW,
    INDEXED,
    TOP_POP,
    STICKY_ARTIST,
    RANDOM,
    SESSION,
    SESSION_KNN,
    BLEND;

    /** The setting without which there is no recommender of the type; empty if there is none. */
    public Optional<String> required() {
        return switch (this) {
            case SESSION -> Optional.of(ScoringSettings.MODEL);
            case SESSION_KNN -> Optional.of(ScoringSettings.SESSIONS);
            case BLEND -> Optional.of(ScoringSettings.SOURCES);
            case CONTEXTUAL, NEW, INDEXED, TOP_POP, STICKY_ARTIST, RANDOM -> Optional.empty();
        };
    }

    /** Whether a recommender of the type scores its tracks by a model if the configuration names one. */
    public boolean mayHaveModel() {
        return this == CONTEXTUAL || this == NEW;
    }

    /** Whether a recommender of the type has an order of its tracks, by scores or by a list that is ordered. */
    public boolean hasOrder() {
        return this != STICKY_ARTIST && this != RANDOM;
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
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
