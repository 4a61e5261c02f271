package dev.segue.config;

import java.util.Arrays;
import java.util.Locale;

/** The track whose neighbours are recommended. */
public enum NeighbourContext {
    /** The session's first track. */
    FIRST,
    /** The track that was played last, or the last one that was liked under the rule skip-memory. */
    PREVIOUS;

    /** The value as the file writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NeighbourContext read(ConfigNode at) {
        String text = at.text();
        return Arrays.stream(values())
                .filter(context -> context.text().equals(text))
                .findFirst()
                .orElseThrow(() -> at.error(DidYouMean.unknown(
                        "context " + at.shown(),
                        text,
                        Arrays.stream(values()).map(NeighbourContext::text).toList())));
    }
}
