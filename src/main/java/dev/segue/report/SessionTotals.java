package dev.segue.report;

import dev.segue.event.Event;
import dev.segue.event.Event.Message;
import dev.segue.event.Event.Origin;
import dev.segue.event.Event.Playback;
import dev.segue.event.Session;
import java.util.HashSet;
import java.util.Set;

/** Sums over a listener's sessions, those that ended with {@code last}: what the metrics are made from. */
public final class SessionTotals {

    /** A recommended track counts as skipped if less than this fraction of it was played. */
    public static final double SKIP_TIME = 0.25;

    private static final double MILLIS = 1e-6;

    private long sessions;
    private long tracks;
    private double time;
    private long requests;
    private long latencyNanos;
    private long chosenTracks;
    private double chosenTime;
    private long skips;
    private long answers;
    private long fallbacks;
    private long artists;

    SessionTotals() {}

    SessionTotals(
            long sessions,
            long tracks,
            double time,
            long requests,
            long latencyNanos,
            long chosenTracks,
            double chosenTime,
            long skips,
            long answers,
            long fallbacks,
            long artists) {
        this.sessions = sessions;
        this.tracks = tracks;
        this.time = time;
        this.requests = requests;
        this.latencyNanos = latencyNanos;
        this.chosenTracks = chosenTracks;
        this.chosenTime = chosenTime;
        this.skips = skips;
        this.answers = answers;
        this.fallbacks = fallbacks;
        this.artists = artists;
    }

    void add(Session session, TrackFacts facts) {
        sessions++;
        Set<Integer> heard = new HashSet<>();
        for (int i = 0; i < session.events().size(); i++) {
            Event event = session.events().get(i);
            requests++;
            latencyNanos += event.latencyNanos();
            Playback playback = event.playback();
            if (playback != null) {
                add(playback, i == 0);
                heard.add(facts.artist(playback.track()));
            }
            Origin origin = event.origin();
            if (origin != null && event.message() != Message.LAST) {
                answers++;
                fallbacks += origin.fallback() > 0 ? 1 : 0;
            }
        }
        artists += heard.size();
    }

    private void add(Playback playback, boolean chosen) {
        tracks++;
        time += playback.time();
        if (chosen) {
            chosenTracks++;
            chosenTime += playback.time();
        } else if (playback.time() < SKIP_TIME) {
            skips++;
        }
    }

    void addAll(SessionTotals other) {
        sessions += other.sessions;
        tracks += other.tracks;
        time += other.time;
        requests += other.requests;
        latencyNanos += other.latencyNanos;
        chosenTracks += other.chosenTracks;
        chosenTime += other.chosenTime;
        skips += other.skips;
        answers += other.answers;
        fallbacks += other.fallbacks;
        artists += other.artists;
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

    /** How many requests there were, those with {@code last} included. */
    public long requests() {
        return requests;
    }

    /** How long all requests took together, in ms. */
    public double latencyMillis() {
        return MILLIS * latencyNanos;
    }

    /** How many tracks were recommended and then played, in part or in full: all but those that begin a session. */
    public long recommendedTracks() {
        return tracks - chosenTracks;
    }

    /** The sum of the fractions of recommended tracks that were played. */
    public double recommendedTime() {
        return time - chosenTime;
    }

    /** How many recommended tracks were played for less than {@link #SKIP_TIME}. */
    public long skips() {
        return skips;
    }

    /** How many answers say which recommender they are from; Botify's do not. */
    public long answers() {
        return answers;
    }

    /** How many of them are from a fallback. */
    public long fallbacks() {
        return fallbacks;
    }

    /** The sum over sessions of the number of different artists that were heard. */
    public long artists() {
        return artists;
    }
}
