package dev.segue.service;

import dev.segue.event.Arms;
import dev.segue.event.Event;
import dev.segue.event.Event.Message;
import dev.segue.history.Listen;
import dev.segue.listener.ListenerId;
import dev.segue.recommend.Exclusions;
import dev.segue.recommend.Recommendation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response to a listener, and how it came about: computed once, then logged, explained and counted.
 *
 * @param message which question was answered
 * @param user who asked
 * @param last what was just played, or null at the beginning of a session
 * @param recommendation the track and its origin; {@link Recommendation#NONE} at the end of a session
 * @param ranked the ranked list, the recommended track first, empty if none was asked for
 * @param explanation how it came about; null unless an explanation was asked for
 * @param arms the listener's arms in all experiments
 * @param generation the catalogs' fingerprint
 * @param session the listener's session number
 * @param sequence the event's number in the session
 * @param position the event's position in the log; 0 if it has none, or was written before this process started
 */
public record Answer(
        Message message,
        ListenerId user,
        @Nullable Listen last,
        Recommendation recommendation,
        List<Integer> ranked,
        @Nullable Explanation explanation,
        Arms arms,
        String generation,
        long session,
        int sequence,
        long position) {

    /** All but the ranked list, the explanation and the user's text: records, arms, and what they refer to. */
    private static final int BYTES = 512;

    /** An {@link Integer} and the reference to it. */
    private static final int RANKED_BYTES = 20;

    /** Its size in memory, in bytes, roughly. */
    int bytes() {
        int bytes = BYTES + 2 * user.text().length() + RANKED_BYTES * ranked.size();
        return explanation == null ? bytes : bytes + explanation.bytes();
    }

    /** Whether it names a track that is left out. */
    boolean hasAny(Exclusions exclusions) {
        return (!recommendation.isNone() && exclusions.contains(recommendation.track()))
                || ranked.stream().anyMatch(exclusions::contains);
    }

    Answer at(long logPosition) {
        return new Answer(
                message,
                user,
                last,
                recommendation,
                ranked,
                explanation,
                arms,
                generation,
                session,
                sequence,
                logPosition);
    }

    /** The answer that a line of the log records. */
    static Answer restored(Event event) {
        var origin = event.origin();
        var playback = event.playback();
        Recommendation recommendation = event.recommendation() == Event.NO_TRACK
                ? Recommendation.NONE
                : origin == null
                        ? Recommendation.of(event.recommendation(), Double.NaN, 0, "unknown")
                        : new Recommendation(
                                event.recommendation(),
                                origin.propensity(),
                                origin.candidates(),
                                origin.recommender(),
                                origin.fallback());
        String generation = event.generation();
        return new Answer(
                event.message(),
                event.listener(),
                playback == null ? null : new Listen(playback.track(), playback.time()),
                recommendation,
                event.recommendations(),
                null,
                event.experiments(),
                generation == null ? "unknown" : generation,
                event.session(),
                event.sequence(),
                0);
    }
}
