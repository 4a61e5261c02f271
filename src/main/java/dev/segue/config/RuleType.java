package dev.segue.config;

import java.util.Locale;

/** The kinds of session rule a configuration can name. */
public enum RuleType {
    /** No track twice in a session. */
    NO_REPEAT,
    /** Tracks by others between two of an artist, and a limit for each artist. */
    ARTIST_SPACING,
    /** Skipped tracks, and those that resemble them, are left out for a while. */
    SKIP_MEMORY;

    /** The type as the file writes it, such as {@code no-repeat}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
