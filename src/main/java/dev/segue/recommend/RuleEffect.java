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

    public RuleEffect {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }
}
