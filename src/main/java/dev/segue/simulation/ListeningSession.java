package dev.segue.simulation;

import dev.segue.world.Listener;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One session of a listener: the tracks played and the budget of disappointments left. For one thread.
 *
 * <p>In expectation, a session's number of playbacks minus its total time is the budget, so the two metrics are not independent.
 */
public final class ListeningSession {

    private final ListenerModel model;
    private final Listener listener;
    private final int interest;
    private final RandomGenerator random;

    private int[] tracks = new int[16];
    private int playbacks;
    private int budget;
    private double lastTime;
    private double totalTime;

    ListeningSession(ListenerModel model, Listener listener, int interest, int firstTrack, RandomGenerator random) {
        this.model = model;
        this.listener = listener;
        this.interest = interest;
        this.random = random;
        budget = model.rules().budget();
        add(firstTrack, 1.0);
    }

    /**
     * Plays a recommended track for its expected time (see {@link #expectedTime}), rounded to two decimals. Then the budget
     * falls by one with probability 1 − time.
     *
     * @return the time as a fraction of the track's length, from 0 to 1 in steps of 0.01
     * @throws IllegalStateException if the session is over
     */
    public double play(int track) {
        if (isOver()) {
            throw new IllegalStateException("user " + listener.user() + " has ended the session");
        }
        double time = roundedTime(track);
        add(track, time);
        if (random.nextDouble() >= time) {
            budget--;
        }
        return time;
    }

    private double roundedTime(int track) {
        return Math.rint(expectedTime(track) * 100) / 100;
    }

    /**
     * Applies the session's discounts to an appeal: 0 for a repeated track, and a factor γ for each earlier playback of the
     * artist. Scans the playbacks: sessions are short, so this is faster than a set and counts by artist.
     */
    double discounted(int track, double appeal) {
        double time = appeal;
        for (int i = 0; i < playbacks; i++) {
            if (tracks[i] == track) {
                return 0;
            }
            if (model.sameArtist(tracks[i], track)) {
                time *= model.rules().artistDiscount();
            }
        }
        return time;
    }

    private void add(int track, double time) {
        if (playbacks == tracks.length) {
            tracks = Arrays.copyOf(tracks, 2 * playbacks);
        }
        tracks[playbacks++] = track;
        lastTime = time;
        totalTime += time;
    }

    /** Whether the budget is spent or the session has reached the maximum number of playbacks. */
    public boolean isOver() {
        return budget == 0 || playbacks == model.rules().maxPlaybacks();
    }

    /** The listener. */
    public Listener listener() {
        return listener;
    }

    /**
     * The time for which a track would be played now, before rounding: sigmoid((e_t·q − b)·s)·γⁿ, where n counts the session's
     * playbacks of the same artist, the first track included; 0 for a track that the session had already or that is not
     * released.
     */
    double expectedTime(int track) {
        return model.isReleased(track) ? discounted(track, model.appeal(listener, interest, track)) : 0;
    }

    /** The interest that this session is about: a track id. */
    public int interest() {
        return interest;
    }

    /** The track played last. */
    public int lastTrack() {
        return tracks[playbacks - 1];
    }

    /** The fraction of its length for which {@link #lastTrack} was played, 0 to 1. */
    public double lastTime() {
        return lastTime;
    }

    /** The number of playbacks so far, the first track and repeats included. */
    public int playbacks() {
        return playbacks;
    }

    /** The sum of all playbacks' times, in track lengths. */
    public double totalTime() {
        return totalTime;
    }
}
