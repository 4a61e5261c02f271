package dev.segue.history;

/**
 * One playback.
 *
 * @param track the track's id, ≥ 0
 * @param time the fraction of the track that was played, 0..1
 */
public record Listen(int track, double time) {

    /** A track is liked if this fraction of it was played, or more. */
    public static final double LIKED = 0.5;

    /** A track is skipped if a smaller fraction of it was played. */
    public static final double SKIPPED = 0.25;

    public Listen {
        if (track < 0) {
            throw new IllegalArgumentException("track " + track + " is negative");
        }
        if (!(time >= 0 && time <= 1)) {
            throw new IllegalArgumentException("time " + time + " is outside 0..1");
        }
    }

    /** Whether the track was liked. */
    public boolean isLiked() {
        return time >= LIKED;
    }

    /** Whether the track was skipped. */
    public boolean isSkipped() {
        return time < SKIPPED;
    }
}
