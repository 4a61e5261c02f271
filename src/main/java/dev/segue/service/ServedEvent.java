package dev.segue.service;

import dev.segue.play.Event;
import dev.segue.play.Recommendation;
import dev.segue.recommend.Exclusions;
import org.jspecify.annotations.Nullable;

/**
 * The event of a request that was served.
 *
 * @param event the request with its recommendation, as it is logged
 * @param explanation how the recommendation was chosen; null unless the request asked for it
 * @param position the event's position in the log; 0 for a dry run and for an event of an earlier process
 */
public record ServedEvent(Event event, @Nullable Explanation explanation, long position) {

    /** All but the ranked list, the explanation and the user's text: records, arms, and the objects they refer to. */
    private static final int BYTES = 512;

    /** An {@link Integer} and the reference to it. */
    private static final int RANKED_BYTES = 20;

    /** An event that an earlier process logged. */
    static ServedEvent of(Event event) {
        return new ServedEvent(event, null, 0);
    }

    /** Its approximate size in memory, in bytes. */
    int bytes() {
        int bytes = BYTES
                + 2 * event.listener().text().length()
                + RANKED_BYTES * event.recommendations().size();
        return explanation == null ? bytes : bytes + explanation.bytes();
    }

    /** Whether the recommendation or the ranked list has an excluded track. */
    boolean hasAny(Exclusions exclusions) {
        Recommendation recommendation = event.recommendation();
        return (!recommendation.isNone() && exclusions.contains(recommendation.track()))
                || event.recommendations().stream().anyMatch(exclusions::contains);
    }
}
