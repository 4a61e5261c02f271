package dev.segue.recommend;

import java.util.List;

/**
 * The tracks and artists that a session rule, the request or the listener's feedback excludes from the response.
 *
 * @param rule the rule's name; {@value #REQUEST} for the request, {@value #FEEDBACK} for the listener's feedback
 * @param tracks excluded tracks, ascending; for {@code mmr}, the tracks that it moves behind its first track
 * @param artists artists whose tracks are all excluded
 */
public record RuleEffect(String rule, List<Integer> tracks, List<String> artists) {

    /** The {@link #rule} of the request's own exclusions. */
    public static final String REQUEST = "exclude";

    /** The {@link #rule} of the listener's bans and dislikes. */
    public static final String FEEDBACK = "feedback";

    /** The record and its empty lists, in bytes. */
    private static final int BYTES = 96;

    /** An {@link Integer} and the reference to it, in bytes. */
    private static final int TRACK_BYTES = 20;

    /** A string without its characters, and the reference to it, in bytes. */
    private static final int STRING_BYTES = 48;

    public RuleEffect {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }

    /** Its approximate size in memory, in bytes. */
    public int bytes() {
        int bytes = BYTES + TRACK_BYTES * tracks.size();
        for (String artist : artists) {
            bytes += STRING_BYTES + 2 * artist.length();
        }
        return bytes;
    }
}
