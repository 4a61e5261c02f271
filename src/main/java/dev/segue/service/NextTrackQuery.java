package dev.segue.service;

import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import org.jspecify.annotations.Nullable;

/**
 * A validated request to Segue.
 *
 * @param user the listener
 * @param last the playback before the request; null at the beginning of a session
 * @param requestId name of the request, by which a retry gets the same response; or null
 * @param count length of the ranked list, 1..1000; 0 for none
 * @param explain whether the response has an explanation
 * @param dryRun whether the request is neither logged nor remembered
 * @param exclude the tracks and artists that must not be recommended
 */
public record NextTrackQuery(
        ListenerId user,
        @Nullable Playback last,
        @Nullable String requestId,
        int count,
        boolean explain,
        boolean dryRun,
        Exclude exclude) {

    /** Maximum length of a ranked list. */
    public static final int MAX_COUNT = 1000;

    /** Maximum number of characters of a request id. */
    public static final int MAX_REQUEST_ID_LENGTH = 128;

    /** A request without options, as Botify's clients send it. */
    public static NextTrackQuery of(ListenerId user, @Nullable Playback last) {
        return new NextTrackQuery(user, last, null, 0, false, false, Exclude.NONE);
    }
}
