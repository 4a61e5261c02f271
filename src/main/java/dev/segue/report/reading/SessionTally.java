package dev.segue.report.reading;

import dev.segue.event.SessionRule;
import dev.segue.play.Arms;
import dev.segue.play.Event.Message;
import dev.segue.play.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session while it is being read, event by event: its sums, and not its events. */
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
     * A session that begins with an event, which is yet to be added.
     *
     * @param options whether single latencies are kept, and artists known
     */
    SessionTally(LogEvent first, ReadingOptions options) {
        artistsAreKnown = options.facts().areKnown();
        keepsLatencies = options.observations();
        number = first.session();
        begun = first.timestamp();
        lastTimestamp = begun;
    }

    /**
     * Takes in the session's next event.
     *
     * @return whether it names other arms than those before it
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

    /** Whether an event of the same listener begins another session. */
    boolean isFollowedBy(LogEvent event, SessionRule rule) {
        return rule.begins(
                number,
                lastTimestamp,
                event.session(),
                event.sequence(),
                event.message() == Message.START,
                event.timestamp());
    }

    /** Whether it ended with {@code last}. */
    boolean isClosed() {
        return closed;
    }

    /** The session's number; 0 if it has none. */
    long number() {
        return number;
    }

    /** When it had its first event, in ms since 1970. */
    long begun() {
        return begun;
    }

    /** When it had its last event so far, in ms since 1970. */
    long lastTimestamp() {
        return lastTimestamp;
    }

    /** The listener's arms by its events, each once, in the order in which they came up; most sessions have one. */
    List<Arms> arms() {
        return arms;
    }

    /** The first arm of an experiment that an event names; null if none does. */
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

    /** Sums over its events; it counts as a session if it is over. */
    SessionTotals totals() {
        return totals;
    }

    /** It is over: from now on, its sums are those of a session. */
    void end() {
        totals.end(artists.size());
    }

    /** How many ints it takes in memory beside what all sessions take. */
    long ints() {
        return (long) recommended.room() + artists.room();
    }

    /** The tracks that were recommended in it. */
    IntSet recommended() {
        return recommended;
    }

    /** How many events heard another track than the one recommended before. */
    long unexpected() {
        return unexpected;
    }

    /** How many events are earlier than the one before. */
    long backwards() {
        return backwards;
    }

    /** Puts the single latencies, in ms, where they are collected. */
    void observe(Observations observations, int listener) {
        for (int i = 0; i < totals.requests(); i++) {
            observations.add(listener, latencies[i]);
        }
    }
}
