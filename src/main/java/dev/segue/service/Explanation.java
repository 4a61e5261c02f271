package dev.segue.service;

import dev.segue.history.ListeningHistory;
import dev.segue.play.Playback;
import dev.segue.recommend.RuleEffect;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a recommendation came about.
 *
 * @param heard the session's latest listens, the latest one last
 * @param reason why the recommender chose the track: a sentence that names tracks as {@code {id}}; empty if there is none
 * @param effects the tracks that session rules left out, rule by rule
 */
public record Explanation(List<Playback> heard, String reason, List<RuleEffect> effects) {

    private static final int MOST_HEARD = 10;

    /** The record and its lists, without what they hold. */
    private static final int BYTES = 128;

    /** A {@link Playback} and the reference to it. */
    private static final int LISTEN_BYTES = 36;

    /** A string without its characters, and the reference to it. */
    private static final int STRING_BYTES = 48;

    public Explanation {
        heard = List.copyOf(heard);
        effects = List.copyOf(effects);
    }

    /** Its size in memory, in bytes, roughly. */
    int bytes() {
        int bytes = BYTES + LISTEN_BYTES * heard.size() + STRING_BYTES + 2 * reason.length();
        for (RuleEffect effect : effects) {
            bytes += effect.bytes();
        }
        return bytes;
    }

    static Explanation of(ListeningHistory history, String reason, List<RuleEffect> effects) {
        int count = Math.min(MOST_HEARD, history.size());
        return new Explanation(
                IntStream.range(0, count)
                        .map(i -> count - 1 - i)
                        .mapToObj(back -> new Playback(history.track(back), history.time(back)))
                        .toList(),
                reason,
                effects);
    }
}
