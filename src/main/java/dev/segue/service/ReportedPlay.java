package dev.segue.service;

import dev.segue.id.ListenerId;
import dev.segue.play.Playback;

/**
 * A play that a player reports, without a request for a next track.
 *
 * @param startedAt time of its start, in ms since 1970
 * @param endedAt time of its end, in ms since 1970; {@code startedAt} if the played time is unknown
 * @param name names the play among those of the listener: a second report with this name is a duplicate; 1 to 100 characters
 */
public record ReportedPlay(ListenerId listener, Playback playback, long startedAt, long endedAt, String name) {

    /** The request id of its event. */
    String requestId() {
        return RecentPlays.PREFIX + name;
    }
}
