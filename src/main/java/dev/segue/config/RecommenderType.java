package dev.segue.config;

import java.util.Locale;

/** The kinds of recommender a configuration can name. */
public enum RecommenderType {
    CONTEXTUAL,
    NEW,
    INDEXED,
    TOP_POP,
    STICKY_ARTIST,
    RANDOM,
    SESSION;

    /** Whether a recommender of the type needs a trained model. */
    public boolean needsModel() {
        return this == SESSION;
    }

    /** The type as the file writes it, such as {@code top-pop}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
