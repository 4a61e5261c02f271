package dev.segue.report.reading;

import dev.segue.play.Event.Message;
import dev.segue.play.Recommendation;

/** Sums over a listener's sessions that ended: what the metrics are made from. */
public final class SessionTotals {

    /** A recommended track counts as skipped if less than this fraction of it was played. */
    public static final double SKIP_TIME = 0.25;

    private static final double MILLIS = 1e3;

    private long sessions;
    private long tracks;
    private double time;
    private long requests;
    private double latency;
    private long chosenTracks;
    private double chosenTime;
    private long skips;
    private long answers;
    private long fallbacks;
    private long artists;

    SessionTotals() {}

    /** Takes in the next event of the session that these are of. */
    void add(LogEvent event) {
        boolean first = requests == 0;
        requests++;
        latency += event.latency();
        if (event.track() != Recommendation.NO_TRACK) {
            addPlayback(event.time(), first);
        }
        if (event.isTraced() && event.message() != Message.LAST) {
            answers++;
            fallbacks += event.isFallback() ? 1 : 0;
        }
    }

    /** The track of a session's first event was chosen by the listener. */
    private void addPlayback(double played, boolean chosen) {
        tracks++;
        time += played;
        if (chosen) {
            chosenTracks++;
            chosenTime += played;
        } else if (played < SKIP_TIME) {
            skips++;
        }
    }

    /** The session that these are of has ended. */
    void end(int differentArtists) {
        sessions++;
        artists += differentArtists;
    }

    void addAll(SessionTotals other) {
        sessions += other.sessions;
        tracks += other.tracks;
        time += other.time;
        requests += other.requests;
        latency += other.latency;
        chosenTracks += other.chosenTracks;
        chosenTime += other.chosenTime;
        skips += other.skips;
        answers += other.answers;
        fallbacks += other.fallbacks;
        artists += other.artists;
    }

    /** How many sessions ended; 0 for a listener who was exposed and finished none. */
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
        return MILLIS * latency;
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
