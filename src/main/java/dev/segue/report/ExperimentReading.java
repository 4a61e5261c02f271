package dev.segue.report;

import dev.segue.event.Event;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One experiment, while the log is being read. */
final class ExperimentReading {

    private static final double MILLIS = 1e-6;

    private final String name;
    private final ReadingOptions options;
    private final Map<ListenerId, ExposedListener> listeners = new LinkedHashMap<>();
    private final Set<ListenerId> switched = new HashSet<>();
    private final Set<ListenerId> forced = new HashSet<>();
    private final Map<String, Set<Integer>> recommended = new LinkedHashMap<>();
    private final @Nullable Observations latencies;
    private final @Nullable Observations sessionTimes;
    private long lastEventAt = Long.MIN_VALUE;

    ExperimentReading(String name, ReadingOptions options) {
        this.name = name;
        this.options = options;
        latencies = options.observations() ? new Observations() : null;
        sessionTimes = options.observations() ? new Observations() : null;
    }

    void force(ListenerId listener) {
        forced.add(listener);
    }

    /** @param heardBefore what the listener has heard so far, in or outside of the experiment */
    void add(Session session, String arm, @Nullable SessionTotals heardBefore) {
        ExposedListener listener =
                listeners.computeIfAbsent(session.listener(), id -> expose(session, arm, heardBefore));
        if (session.closed()) {
            lastEventAt = Math.max(lastEventAt, session.last().timestamp());
            recommend(session, recommended.computeIfAbsent(arm, key -> new HashSet<>()));
        }
        if (!listener.arm().equals(arm)) {
            switched.add(session.listener());
        } else if (session.closed()) {
            listener.add(session, options.facts(), options.window().toMillis());
            observe(session, listener.number());
        }
    }

    private ExposedListener expose(Session session, String arm, @Nullable SessionTotals heardBefore) {
        SessionTotals before = null;
        if (heardBefore != null) {
            before = new SessionTotals();
            before.addAll(heardBefore);
        }
        return new ExposedListener(
                session.listener(), arm, listeners.size(), session.first().timestamp(), before);
    }

    private static void recommend(Session session, Set<Integer> tracks) {
        for (Event event : session.events()) {
            if (event.recommendation() != Event.NO_TRACK) {
                tracks.add(event.recommendation());
            }
        }
    }

    private void observe(Session session, int listener) {
        double time = 0;
        for (Event event : session.events()) {
            if (latencies != null) {
                latencies.add(listener, MILLIS * event.latencyNanos());
            }
            time += event.playback() == null ? 0 : event.playback().time();
        }
        if (sessionTimes != null) {
            sessionTimes.add(listener, time);
        }
    }

    /** @param early sessions that were in an arm before the experiment began */
    ExperimentData data(SessionReader.Counts counts, long early) {
        List<ExposedListener> remaining = new ArrayList<>();
        listeners.forEach((id, listener) -> {
            if (!switched.contains(id) && !forced.contains(id)) {
                remaining.add(listener);
            }
        });
        TreeSet<String> arms = ExperimentData.inOrder();
        remaining.forEach(listener -> arms.add(listener.arm()));
        return new ExperimentData(
                name,
                List.copyOf(arms),
                remaining,
                new LogFacts(counts, switched.size(), forced.size(), early),
                recommended,
                latencies,
                sessionTimes,
                lastEventAt,
                options);
    }
}
