package dev.segue.report;

import dev.segue.event.Event;
import dev.segue.event.Event.Playback;
import dev.segue.event.Session;
import dev.segue.listener.ListenerId;

/** What one listener did in the sessions that ended with {@code last}: sums, from which the metrics are made. */
public final class ListenerTotals {

    private static final double MILLIS = 1e-6;

    private final ListenerId listener;
    private final String arm;
    private long sessions;
    private long tracks;
    private double time;
    private long requests;
    private long latencyNanos;

    ListenerTotals(ListenerId listener, String arm) {
        this.listener = listener;
        this.arm = arm;
    }

    void add(Session session) {
        sessions++;
        for (Event event : session.events()) {
            requests++;
            latencyNanos += event.latencyNanos();
            Playback playback = event.playback();
            if (playback != null) {
                tracks++;
                time += playback.time();
            }
        }
    }

    /** Who listened. */
    public ListenerId listener() {
        return listener;
    }

    /** The listener's arm. */
    public String arm() {
        return arm;
    }

    /** How many sessions ended; 0 for a listener who was exposed and is still listening. */
    public long sessions() {
        return sessions;
    }

    /** How many tracks were played, in part or in full, the sessions' first ones included. */
    public long tracks() {
        return tracks;
    }

    /** The sum of the fractions of tracks that were played. */
    public double time() {
        return time;
    }

    /** Tracks a session; NaN without sessions. */
    public double tracksPerSession() {
        return (double) tracks / sessions;
    }

    /** Time a session; NaN without sessions. */
    public double timePerSession() {
        return time / sessions;
    }

    /** How long a request took on average, in ms, requests with {@code last} included; NaN without sessions. */
    public double meanLatency() {
        return MILLIS * latencyNanos / requests;
    }
}
