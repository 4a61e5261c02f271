package dev.segue.posterior;

import java.util.Arrays;

/** The state of a session: its posterior and its tracks so far. */
final class SessionState {

    private static final int INITIAL = 16;

    private final SessionModel model;
    private final SessionPosterior posterior;
    private final double[] powers;
    private int[] tracks = new int[INITIAL];
    private int size;

    /** @param powers the powers of the model's γ, from {@link UnitRows#powers} */
    SessionState(SessionModel model, double[] powers) {
        this.model = model;
        this.powers = powers;
        posterior = new SessionPosterior(model);
    }

    SessionPosterior posterior() {
        return posterior;
    }

    /** Starts a session; see {@link SessionPosterior#begin}. */
    void begin(int listener, int[] units, int first) {
        posterior.begin(listener, units, first);
        size = 0;
        add(first);
    }

    /** Adds a playback. A repeated track does not update the posterior. */
    void play(int track, double share) {
        if (!contains(track)) {
            posterior.update(track, share, artistPlays(track));
        }
        add(track);
    }

    private void add(int track) {
        tracks = size == tracks.length ? Arrays.copyOf(tracks, 2 * size) : tracks;
        tracks[size++] = track;
    }

    /** Whether the session contains a track. */
    boolean contains(int track) {
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

    /** γᵏ, where k is the number of plays of the track's artist so far. */
    double artistFactor(int track) {
        return powers[Math.min(artistPlays(track), powers.length - 1)];
    }

    double expectedShare(int track) {
        return posterior.expectedShare(track, artistPlays(track));
    }
}
