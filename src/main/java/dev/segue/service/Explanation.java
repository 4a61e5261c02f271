package dev.segue.service;

import dev.segue.history.ListeningHistory;
import dev.segue.id.TrackIds;
import dev.segue.play.Playback;
import dev.segue.recommend.RuleEffect;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The reasons of a recommendation.
 *
 * @param played the session's latest playbacks, the latest one last; without those of unknown tracks
 * @param reason of the recommender: a sentence that names tracks as {@code {id}}; may be empty
 * @param effects the tracks that session rules left out, rule by rule
 * @param seeds the tracks that the request's seeds stand for; null without seeds
 * @param accepted the number of tracks that the request's filter accepts; {@link #NO_FILTER} without a filter
 */
public record Explanation(
        List<Playback> played,
        String reason,
        List<RuleEffect> effects,
        @Nullable SeedTracks seeds,
        int accepted) {

    /** The request has no filter. */
    public static final int NO_FILTER = -1;

    private static final int MAX_PLAYED = 10;

    /** The record and its lists without their elements. */
    private static final int BYTES = 128;

    /** A {@link Playback} and the reference to it. */
    private static final int PLAYBACK_BYTES = 36;

    /** A string without its characters, and the reference to it. */
    private static final int STRING_BYTES = 48;

    public Explanation {
        played = List.copyOf(played);
        effects = List.copyOf(effects);
    }

    /** The reasons of a recommendation without seeds and filter. */
    public Explanation(List<Playback> played, String reason, List<RuleEffect> effects) {
        this(played, reason, effects, null, NO_FILTER);
    }

    /** Its approximate size in memory, in bytes. */
    int bytes() {
        int bytes = BYTES + PLAYBACK_BYTES * played.size() + STRING_BYTES + 2 * reason.length();
        for (RuleEffect effect : effects) {
            bytes += effect.bytes();
        }
        return seeds == null ? bytes : bytes + seeds.bytes();
    }

    static Explanation of(ListeningHistory history, String reason, List<RuleEffect> effects, Selection selection) {
        int count = Math.min(MAX_PLAYED, history.size());
        return new Explanation(
                IntStream.range(0, count)
                        .map(i -> count - 1 - i)
                        .filter(back -> TrackIds.isTrack(history.track(back)))
                        .mapToObj(back -> new Playback(history.track(back), history.time(back)))
                        .toList(),
                reason,
                effects,
                selection.seeds(),
                selection.accepted());
    }
}
