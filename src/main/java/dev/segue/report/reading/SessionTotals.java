package dev.segue.report.reading;

import dev.segue.play.Event.Message;
import dev.segue.play.Recommendation;

/** Sums over a listener's ended sessions, from which the metrics are computed. */
public final class SessionTotals {

    /** A recommended track counts as skipped if less than this fraction of it was played. */
    public static final double SKIP_TIME = 0.25;

    private static final double MILLIS = 1e3;

    /** The quantities that are summed up. */
    public enum Sum {
        /** Ended sessions. */
        SESSIONS,
        /** Tracks that were played, in part or in full, including the first track of each session. */
        TRACKS,
        /** The fractions of tracks that were played. */
        TIME,
        /** Requests, including requests with {@code last}. */
        REQUESTS,
        /** The latencies of the requests, in seconds. */
        LATENCY,
        /** First tracks of sessions, which the listener chose. */
        CHOSEN_TRACKS,
        /** The fractions of chosen tracks that were played. */
        CHOSEN_TIME,
        /** Recommended tracks that were played for less than {@link #SKIP_TIME}. */
        SKIPS,
        /** Responses whose recommender is recorded; Botify's logs do not record it. */
        TRACED_RESPONSES,
        /** Traced responses from a fallback. */
        FALLBACKS,
        /** The numbers of different artists that were heard in each session. */
        ARTISTS
    }

    private static final int COUNT = Sum.values().length;

    private final double[] sums = new double[COUNT];

    SessionTotals() {}

    /** Adds the next event of the session. */
    void add(LogEvent event) {
        boolean first = of(Sum.REQUESTS) == 0;
        add(Sum.REQUESTS, 1);
        add(Sum.LATENCY, event.latency());
        if (event.track() != Recommendation.NO_TRACK) {
            addPlayback(event.time(), first);
        }
        if (event.isTraced() && event.message() != Message.LAST) {
            add(Sum.TRACED_RESPONSES, 1);
            add(Sum.FALLBACKS, event.isFallback() ? 1 : 0);
        }
    }

    /** The listener chose the track of a session's first event. */
    private void addPlayback(double played, boolean chosen) {
        add(Sum.TRACKS, 1);
        add(Sum.TIME, played);
        if (chosen) {
            add(Sum.CHOSEN_TRACKS, 1);
            add(Sum.CHOSEN_TIME, played);
        } else if (played < SKIP_TIME) {
            add(Sum.SKIPS, 1);
        }
    }

    private void add(Sum sum, double value) {
        sums[index(sum)] += value;
    }

    @SuppressWarnings("EnumOrdinal") // an array takes less memory and time than an EnumMap
    private static int index(Sum sum) {
        return sum.ordinal();
    }

    /** Counts the session, which has ended. */
    void end(int differentArtists) {
        add(Sum.SESSIONS, 1);
        add(Sum.ARTISTS, differentArtists);
    }

    void addAll(SessionTotals other) {
        for (int i = 0; i < COUNT; i++) {
            sums[i] += other.sums[i];
        }
    }

    /** One of the sums. */
    public double of(Sum sum) {
        return sums[index(sum)];
    }

    /** The number of ended sessions; 0 for an exposed listener who finished none. */
    public long sessions() {
        return (long) of(Sum.SESSIONS);
    }

    /** The sum of the fractions of tracks that were played. */
    public double time() {
        return of(Sum.TIME);
    }

    /** The number of requests. */
    long requests() {
        return (long) of(Sum.REQUESTS);
    }

    /** The latency of all requests together, in ms. */
    public double latencyMillis() {
        return MILLIS * of(Sum.LATENCY);
    }

    /** The number of recommended tracks that were played, in part or in full. */
    public double recommendedTracks() {
        return of(Sum.TRACKS) - of(Sum.CHOSEN_TRACKS);
    }

    /** The sum of the fractions of recommended tracks that were played. */
    public double recommendedTime() {
        return of(Sum.TIME) - of(Sum.CHOSEN_TIME);
    }
}
