package dev.segue.config;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of session rule a configuration can name. */
public enum RuleType {
    /** No track twice in a session. */
    NO_REPEAT,
    /** Tracks by others between two of an artist, and a limit for each artist. */
    ARTIST_SPACING,
    /** Skipped tracks, and those that resemble them, are left out for a while. */
    SKIP_MEMORY,
    /** Tracks are ordered anew, so that they differ from each other and from the last plays. */
    MMR;

    /** The type as the file writes it, such as {@code no-repeat}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The type of a name, such as {@code no-repeat}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static RuleType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(DidYouMean.unknown(
                        "rule \"" + text + "\"",
                        text,
                        Arrays.stream(values()).map(RuleType::text).toList())));
    }
}
