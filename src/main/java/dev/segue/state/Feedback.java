package dev.segue.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The opinion of a listener on a track or an artist. A later one replaces an earlier one. */
public enum Feedback {
    /** A liked track counts as played in full in its session. */
    LIKE,
    /** A disliked track counts as skipped in its session. It, or all tracks of the artist, are not recommended for 30 days. */
    DISLIKE,
    /** The track, or all tracks of the artist, are never recommended to the listener. A banned track counts as skipped in its session. */
    BAN,
    /** Removes an earlier opinion. */
    NONE;

    /** Its name in requests and files. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The feedback of a name; empty if there is none. */
    public static Optional<Feedback> of(String json) {
        return Arrays.stream(values())
                .filter(feedback -> feedback.json().equals(json))
                .findFirst();
    }
}
