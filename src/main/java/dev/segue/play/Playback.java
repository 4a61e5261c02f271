package dev.segue.play;

import dev.segue.id.TrackIds;
import org.jspecify.annotations.Nullable;

/**
 * A track that was played.
 *
 * @param track the track, by {@link TrackIds}; {@link TrackIds#UNKNOWN} if it has a string id that no catalog has
 * @param time the fraction of the track that was played, 0..1
 * @param unknownId the id of an unknown track; null for other tracks
 */
public record Playback(int track, double time, @Nullable String unknownId) {

    /** A track is liked if this fraction of it was played, or more. */
    public static final double LIKED = 0.5;

    /** A track is skipped if a smaller fraction of it was played. */
    public static final double SKIPPED = 0.25;

    /** The most that players report above 1 by the rounding of durations alone. */
    private static final double ROUNDING = 1e-6;

    /** A track that was played in a loop, or to whose end silence was added, has a share up to here in public data. */
    private static final double LARGEST_SHARE = 2;

    public Playback {
        if (!TrackIds.isTrack(track) && (track != TrackIds.UNKNOWN || unknownId == null)) {
            throw new IllegalArgumentException("track " + track + " is negative");
        }
        if (!(time >= 0 && time <= 1)) {
            throw new IllegalArgumentException("time " + time + " is outside 0..1");
        }
    }

    /** A playback of a track other than an unknown one. */
    public Playback(int track, double time) {
        this(track, time, null);
    }

    /** The track's id: decimal digits, or the string. */
    public String trackId() {
        return unknownId == null ? TrackIds.text(track) : unknownId;
    }

    /** Whether the track's id is a string. */
    public boolean hasStringId() {
        return track < 0;
    }

    /** Whether both are null, or have the same track id and the same time. A track that was unknown may have become known. */
    public static boolean areSame(@Nullable Playback one, @Nullable Playback other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.time == other.time
                && one.hasStringId() == other.hasStringId()
                && one.trackId().equals(other.trackId());
    }

    /** Whether the track was liked. */
    public boolean isLiked() {
        return time >= LIKED;
    }

    /** Whether the track was skipped. */
    public boolean isSkipped() {
        return time < SKIPPED;
    }

    /**
     * The fraction of a track that was played, of what a player reports: shares above 1 are 1.
     *
     * @throws IllegalArgumentException if it is negative, above 2 or no number
     */
    public static double share(double reported) {
        if (!(reported >= 0 && reported <= LARGEST_SHARE)) {
            throw new IllegalArgumentException("time " + reported + " is outside 0..1, the fraction of the track that"
                    + " was played; only up to " + (int) LARGEST_SHARE + " is taken as 1");
        }
        return Math.min(reported, 1) + 0.0; // -0.0 becomes 0.0
    }

    /** Whether a reported share is above 1 by more than rounding. */
    public static boolean isClamped(double reported) {
        return reported > 1 + ROUNDING;
    }
}
