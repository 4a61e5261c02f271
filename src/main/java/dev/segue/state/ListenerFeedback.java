package dev.segue.state;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The feedback of one listener. Immutable.
 *
 * @param tracks track → its feedback, the oldest first; at most {@value #MAX_ENTRIES}
 * @param artists artist → its feedback, the oldest first; at most {@value #MAX_ENTRIES}
 */
public record ListenerFeedback(Map<Integer, Given> tracks, Map<String, Given> artists) {

    /** Maximum number of tracks, and of artists. */
    public static final int MAX_ENTRIES = 1000;

    /** No feedback. */
    public static final ListenerFeedback NONE = new ListenerFeedback(Map.of(), Map.of());

    private static final long DISLIKE_MILLIS = Duration.ofDays(30).toMillis();

    /**
     * A feedback with its time.
     *
     * @param millis time in ms since 1970
     */
    public record Given(Feedback feedback, long millis) {

        /** Whether the track or artist must not be recommended at a time. */
        public boolean excludes(long nowMillis) {
            return feedback == Feedback.BAN || (feedback == Feedback.DISLIKE && nowMillis - millis < DISLIKE_MILLIS);
        }
    }

    /** Whether there is no feedback. */
    public boolean isEmpty() {
        return tracks.isEmpty() && artists.isEmpty();
    }

    /** The number of entries. */
    int size() {
        return tracks.size() + artists.size();
    }

    /** The share of a track that counts as played because of the feedback: 1, 0, or NaN for the share that was played. */
    public double share(int track) {
        Given given = tracks.get(track);
        if (given == null) {
            return Double.NaN;
        }
        return switch (given.feedback()) {
            case LIKE -> 1;
            case DISLIKE, BAN -> 0;
            case NONE -> Double.NaN;
        };
    }

    /** Whether a feedback is the present one, and has no date that matters. */
    boolean isUnchangedBy(@Nullable Integer track, @Nullable String artist, Feedback feedback) {
        Given present = track == null ? artists.get(String.valueOf(artist)) : tracks.get(track);
        return present == null
                ? feedback == Feedback.NONE
                : present.feedback() == feedback && feedback != Feedback.DISLIKE;
    }

    /**
     * This feedback with another one on a track or an artist.
     *
     * @throws IllegalArgumentException if that would be too many
     */
    ListenerFeedback with(@Nullable Integer track, @Nullable String artist, Given given) {
        return track == null
                ? new ListenerFeedback(tracks, with(artists, String.valueOf(artist), given))
                : new ListenerFeedback(with(tracks, track, given), artists);
    }

    private static <K> Map<K, Given> with(Map<K, Given> map, K key, Given given) {
        Map<K, Given> copy = new LinkedHashMap<>(map);
        copy.remove(key);
        if (given.feedback() != Feedback.NONE) {
            copy.put(key, given);
        }
        if (copy.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("a listener has at most " + MAX_ENTRIES
                    + " tracks and as many artists with feedback; remove some by feedback \"none\"");
        }
        return copy;
    }
}
