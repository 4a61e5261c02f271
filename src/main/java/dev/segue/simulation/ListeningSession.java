package dev.segue.simulation;

import dev.segue.world.Listener;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One listener at one sitting: what was played and how much patience is left. For one thread.
 *
 * <p>In expectation the playbacks of a session exceed its total time by the budget, so the two metrics are not
 * independent.
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
     * Plays a recommended track: for round₂(sigmoid((e_t·q − b)·s)·γⁿ) of its length, where n counts the session's
     * playbacks of the same artist so far, the first track included; not at all if the session had it already. Then the
     * budget falls by one with probability 1 − time.
     *
     * @return the time, a fraction of the track's length from 0 to 1 in steps of 0.01
     * @throws IllegalStateException if the session is over
     */
    public double play(int track) {
        if (isOver()) {
            throw new IllegalStateException("user " + listener.user() + " has ended the session");
        }
        double time = timeOf(track);
        add(track, time);
        if (random.nextDouble() >= time) {
            budget--;
        }
        return time;
    }

    private double timeOf(int track) {
        return Math.rint(expectedTime(track) * 100) / 100;
    }

    /**
     * An appeal after the session's discounts: never more than it was. A scan of what was played: sessions are short, so this beats
     * keeping a set and counts by artist.
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

    /** Whether the budget is spent, or the rules cut the session here. */
    public boolean isOver() {
        return budget == 0 || playbacks == model.rules().maxPlaybacks();
    }

    /** The listener. */
    public Listener listener() {
        return listener;
    }

    /**
     * The time for which a track would be played now, before rounding: sigmoid((e_t·q − b)·s)·γⁿ, and 0 if the session had
     * it already or it is not released yet.
     */
    double expectedTime(int track) {
        return model.isReleased(track) ? discounted(track, model.appeal(listener, interest, track)) : 0;
    }

    /** The track that this session is about, one of the listener's interests. */
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

    /** Tracks played so far, with the first one and repeats. */
    public int playbacks() {
        return playbacks;
    }

    /** The sum of all playbacks' times, in track lengths. */
    public double totalTime() {
        return totalTime;
    }
}
