package dev.segue.adapter;

import dev.segue.id.NamedTrackId;
import java.util.List;

/**
 * A listen of a ListenBrainz client.
 *
 * @param listenedAt start of the playback, in seconds since 1970; 0 for a track that is playing now
 * @param ids the ids of the track, in the order in which {@code segue import} prefers them; may be empty
 * @param playedMillis the played time in ms: that of the client, or the duration of the track; 0 if both are unknown
 * @param share the fraction of the track that was played, 0..1; 1 if it is unknown, because clients report a track when at least half of it or
 *     four minutes were played
 */
public record Listen(long listenedAt, String artist, String title, List<String> ids, long playedMillis, double share) {

    /** The id under which an import of this listen lists the track: its first id, or artist and title. */
    public String importedId() {
        return ids.isEmpty() ? NamedTrackId.of(artist, title) : ids.get(0);
    }
}
