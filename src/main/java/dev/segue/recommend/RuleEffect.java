package dev.segue.recommend;

import java.util.List;

/**
 * The tracks that a session rule leaves out of the response to a request.
 *
 * @param rule the rule's name
 * @param tracks tracks that are left out by themselves, ascending
 * @param artists artists whose tracks are all left out
 */
public record RuleEffect(String rule, List<Integer> tracks, List<String> artists) {

    public RuleEffect {
        tracks = List.copyOf(tracks);
        artists = List.copyOf(artists);
    }
}
