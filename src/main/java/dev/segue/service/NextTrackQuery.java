package dev.segue.service;

import dev.segue.listener.ListenerId;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * A question put to Segue, checked.
 *
 * @param user who asks
 * @param last what was just played, or null at the beginning of a session
 * @param requestId names the request, so that a retry gets the first answer; or null
 * @param count how long a ranked list is wanted, 1..1000; 0 for none
 * @param explain whether to say how the answer came about
 * @param dryRun whether to leave no trace
 * @param exclude what must not be recommended
 */
public record NextTrackQuery(
        ListenerId user,
        @Nullable Playback last,
        @Nullable String requestId,
        int count,
        boolean explain,
        boolean dryRun,
        Exclude exclude) {

    /** How long a ranked list may be. */
    public static final int MAX_COUNT = 1000;

    /** How many characters a request id may have. */
    public static final int MAX_REQUEST_ID_LENGTH = 128;

    /** The plain question, as Botify's clients ask it. */
    public static NextTrackQuery of(ListenerId user, @Nullable Playback last) {
        return new NextTrackQuery(user, last, null, 0, false, false, Exclude.NONE);
    }
}
