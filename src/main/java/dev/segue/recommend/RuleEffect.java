package dev.segue.recommend;

import java.util.List;

/**
 * The tracks that a session rule leaves out of the response to a request, or that the request itself does.
 *
 * @param rule the rule's name; {@code exclude} for the request
 * @param tracks tracks that are left out by themselves, ascending; of {@code mmr}, those that it moves behind its first track
 * @param artists artists whose tracks are all left out
 */
public record RuleEffect(String rule, List<Integer> tracks, List<String> artists) {

    /** Stands for the request in place of a rule's name. */
    public static final String REQUEST = "exclude";

    /** The record and its lists, without what they hold. */
    private static final int BYTES = 96;

    /** An {@link Integer} and the reference to it. */
    private static final int TRACK_BYTES = 20;

    /** A string without its characters, and the reference to it. */
    private static final int STRING_BYTES = 48;

    public RuleEffect {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }

    /** Its size in memory, in bytes, roughly. */
    public int bytes() {
        int bytes = BYTES + TRACK_BYTES * tracks.size();
        for (String artist : artists) {
            bytes += STRING_BYTES + 2 * artist.length();
        }
        return bytes;
    }
}
