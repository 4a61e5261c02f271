package dev.segue.listening;

/**
 * One playback.
 *
 * @param track the track's id, ≥ 0
 * @param time the fraction of the track that was played, 0..1
 */
public record Listen(int track, double time) {

    public Listen {
        if (track < 0) {
            throw new IllegalArgumentException("track " + track + " is negative");
        }
        if (!(time >= 0 && time <= 1)) {
            throw new IllegalArgumentException("time " + time + " is outside 0..1");
        }
    }
}
