package dev.segue.report.reading;

import dev.segue.event.SessionRule;
import dev.segue.play.Arms;
import dev.segue.play.Event.Message;
import dev.segue.play.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The totals of one session while it is being read. Its events are not kept. */
final class SessionTally {

    private static final float[] NO_LATENCIES = {};

    private final boolean artistsAreKnown;
    private final boolean keepsLatencies;
    private final SessionTotals totals = new SessionTotals();
    private final IntSet recommended = new IntSet();
    private final IntSet artists = new IntSet();
    private final List<Arms> arms = new ArrayList<>(1);
    private final long number;
    private final long begun;
    private long lastTimestamp;
    private int lastRecommendation = Recommendation.NO_TRACK;
    private boolean closed;
    private long unexpected;
    private long backwards;
    private float[] latencies = NO_LATENCIES;

    /**
     * Starts a session. Its first event must still be added.
     *
     * @param options decides whether single latencies and artists are kept
     */
    SessionTally(LogEvent first, ReadingOptions options) {
        artistsAreKnown = options.facts().areKnown();
        keepsLatencies = options.observations();
        number = first.session();
        begun = first.timestamp();
        lastTimestamp = begun;
    }

    /**
     * Adds the next event of the session.
     *
     * @return whether the event names arms that the session has not named before
     */
    boolean add(LogEvent event, TrackFacts facts) {
        int track = event.track();
        if (event.timestamp() < lastTimestamp) {
            backwards++;
        }
        if (track != Recommendation.NO_TRACK
                && lastRecommendation != Recommendation.NO_TRACK
                && track != lastRecommendation) {
            unexpected++;
        }
        if (keepsLatencies) {
            keepLatency((float) (1e3 * event.latency()));
        }
        totals.add(event);
        if (track != Recommendation.NO_TRACK && artistsAreKnown) {
            artists.add(facts.artist(track));
        }
        lastRecommendation = event.recommendation();
        if (lastRecommendation != Recommendation.NO_TRACK) {
            recommended.add(lastRecommendation);
        }
        lastTimestamp = event.timestamp();
        closed |= event.message() == Message.LAST;
        return addArms(event.arms());
    }

    private void keepLatency(float millis) {
        int count = (int) totals.requests();
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, Math.max(8, 2 * count));
        }
        latencies[count] = millis;
    }

    private boolean addArms(Arms seen) {
        for (Arms known : arms) {
            if (known.equals(seen)) {
                return false;
            }
        }
        arms.add(seen);
        return true;
    }

    /** Whether an event of the same listener starts another session. */
    boolean isFollowedBy(LogEvent event, SessionRule rule) {
        return rule.begins(
                number,
                lastTimestamp,
                event.session(),
                event.sequence(),
                event.message() == Message.START,
                event.timestamp());
    }

    /** Whether the session ended with {@code last}. */
    boolean isClosed() {
        return closed;
    }

    /** The session number; 0 if there is none. */
    long number() {
        return number;
    }

    /** The timestamp of the first event, in ms since 1970. */
    long begun() {
        return begun;
    }

    /** The timestamp of the latest event, in ms since 1970. */
    long lastTimestamp() {
        return lastTimestamp;
    }

    /** The different arms that the events name, in the order of their first event. Most sessions have one. */
    List<Arms> arms() {
        return arms;
    }

    /** The first arm of an experiment that an event names; null if there is none. */
    @Nullable
    String arm(String experiment) {
        for (Arms seen : arms) {
            String arm = seen.arm(experiment);
            if (arm != null) {
                return arm;
            }
        }
        return null;
    }

    /** The totals of the session. The session itself is counted when it ends. */
    SessionTotals totals() {
        return totals;
    }

    /** Ends the session and counts it in its totals. */
    void end() {
        totals.end(artists.size());
    }

    /** The number of ints that the sets of the session take in memory. */
    long ints() {
        return (long) recommended.room() + artists.room();
    }

    /** The tracks that were recommended in the session. */
    IntSet recommended() {
        return recommended;
    }

    /** The number of events whose track is not the track that was recommended before. */
    long unexpected() {
        return unexpected;
    }

    /** The number of events with an earlier timestamp than the previous event. */
    long backwards() {
        return backwards;
    }

    /** Adds the single latencies, in ms, to the observations of a listener. */
    void observe(Observations observations, int listener) {
        for (int i = 0; i < totals.requests(); i++) {
            observations.add(listener, latencies[i]);
        }
    }
}
