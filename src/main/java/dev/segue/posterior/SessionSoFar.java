package dev.segue.posterior;

import java.util.Arrays;

/** A session while it is played: its posterior, the tracks it has had, and how many of each artist. */
final class SessionSoFar {

    private static final int INITIAL = 16;

    private final SessionModel model;
    private final SessionPosterior posterior;
    private final double[] powers;
    private int[] tracks = new int[INITIAL];
    private int size;

    /** @param powers those of the model's γ, as {@link UnitRows#powers} computes them */
    SessionSoFar(SessionModel model, double[] powers) {
        this.model = model;
        this.powers = powers;
        posterior = new SessionPosterior(model);
    }

    SessionPosterior posterior() {
        return posterior;
    }

    /** Parameters as in {@link SessionPosterior#begin}. */
    void begin(int listener, int[] units, int first) {
        posterior.begin(listener, units, first);
        size = 0;
        add(first);
    }

    /** Takes in a playback; one of a track that the session had before changes nothing but the artist's count. */
    void play(int track, double share) {
        if (!hasHad(track)) {
            posterior.update(track, share, artistPlays(track));
        }
        add(track);
    }

    private void add(int track) {
        tracks = size == tracks.length ? Arrays.copyOf(tracks, 2 * size) : tracks;
        tracks[size++] = track;
    }

    /** Whether the session has had a track. */
    boolean hasHad(int track) {
        for (int i = 0; i < size; i++) {
            if (tracks[i] == track) {
                return true;
            }
        }
        return false;
    }

    private int artistPlays(int track) {
        int artist = model.artistOf()[track];
        int plays = 0;
        for (int i = 0; i < size; i++) {
            plays += model.artistOf()[tracks[i]] == artist ? 1 : 0;
        }
        return plays;
    }

    /** γᵏ, k the number of plays of the track's artist so far. */
    double artistFactor(int track) {
        return powers[Math.min(artistPlays(track), powers.length - 1)];
    }

    double expectedShare(int track) {
        return posterior.expectedShare(track, artistPlays(track));
    }
}
