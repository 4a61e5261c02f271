package dev.segue.service;

import dev.segue.catalog.TrackFilter;
import dev.segue.id.ListenerId;
import dev.segue.play.Playback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated request to Segue.
 *
 * @param user the listener
 * @param last the playback before the request, the last one of {@code session} if that is given; null at the beginning of a session
 * @param requestId name of the request, by which a retry gets the same response; or null
 * @param count length of the ranked list, 1..1000; 0 for none
 * @param explain whether the response has an explanation
 * @param dryRun whether the request is neither logged nor remembered
 * @param exclude the tracks and artists that must not be recommended
 * @param session all playbacks of the session so far, at most {@value #MAX_SESSION}, which replace the listener's history; null to use
 *     the listener's history
 * @param seeds the tracks and artists that the recommendation starts from
 * @param filter the condition on the attributes of recommended tracks
 * @param arm the arm of the serving experiment whose recommender is used, in a dry run; null for the listener's own
 */
public record NextTrackQuery(
        ListenerId user,
        @Nullable Playback last,
        @Nullable String requestId,
        int count,
        boolean explain,
        boolean dryRun,
        Exclude exclude,
        @Nullable List<Playback> session,
        Seeds seeds,
        TrackFilter filter,
        @Nullable String arm) {

    /** Maximum length of a ranked list. */
    public static final int MAX_COUNT = 1000;

    /** Maximum number of characters of a request id. */
    public static final int MAX_REQUEST_ID_LENGTH = 128;

    /** Maximum number of playbacks of a session. */
    public static final int MAX_SESSION = 1000;

    public NextTrackQuery {
        session = session == null ? null : List.copyOf(session);
    }

    /** A request without seeds and filter that uses the listener's history. */
    public NextTrackQuery(
            ListenerId user,
            @Nullable Playback last,
            @Nullable String requestId,
            int count,
            boolean explain,
            boolean dryRun,
            Exclude exclude) {
        this(user, last, requestId, count, explain, dryRun, exclude, null, Seeds.NONE, TrackFilter.NONE, null);
    }

    /** A dry run after a session, for a ranked list. */
    public static NextTrackQuery ofSession(
            ListenerId user, List<Playback> session, int count, Exclude exclude, Seeds seeds) {
        return new NextTrackQuery(
                user,
                session.isEmpty() ? null : session.get(session.size() - 1),
                null,
                count,
                false,
                true,
                exclude,
                session,
                seeds,
                TrackFilter.NONE,
                null);
    }

    /** A request without options, as Botify's clients send it. */
    public static NextTrackQuery of(ListenerId user, @Nullable Playback last) {
        return new NextTrackQuery(user, last, null, 0, false, false, Exclude.NONE);
    }
}
