package dev.segue.report.reading;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the listeners of one experiment while the log is being read. */
final class ExperimentReading {

    private final String name;
    private final ReadingOptions options;
    private final Map<ListenerId, ExposedListener> listeners = new HashMap<>();
    private final Set<ListenerId> switched = new HashSet<>();
    private final Set<ListenerId> forced = new HashSet<>();
    private final Map<String, IntSet> recommended = new LinkedHashMap<>();
    private final @Nullable Observations latencies;
    private final @Nullable Observations sessionTimes;
    private long early;
    private long late;

    ExperimentReading(String name, ReadingOptions options) {
        this.name = name;
        this.options = options;
        latencies = options.observations() ? new Observations() : null;
        sessionTimes = options.observations() ? new Observations() : null;
    }

    /** Counts a session in an arm before the start of the experiment. */
    void addEarly() {
        early++;
    }

    /**
     * Notes that a session names an arm. Its listener is exposed to the arm from the start of the session.
     *
     * @param number the number of the listener
     * @param heardBefore the totals of the listener's earlier sessions, in and outside the experiment
     */
    void see(ListenerId id, int number, SessionTally session, @Nullable SessionTotals heardBefore) {
        ExposedListener listener = listeners.get(id);
        for (Arms arms : session.arms()) {
            String arm = arms.arm(name);
            if (arm == null) {
                continue;
            }
            if (arms.forced().contains(name)) {
                forced.add(id);
                continue;
            }
            if (listener == null) {
                listener = new ExposedListener(id, arm, number, session.begun(), copy(heardBefore));
                listeners.put(id, listener);
            }
            if (!listener.arm().equals(arm)) {
                switched.add(id);
            }
        }
        if (listener != null && session.arm(name) != null) {
            listener.begin(session);
        }
    }

    private static @Nullable SessionTotals copy(@Nullable SessionTotals heardBefore) {
        if (heardBefore == null || heardBefore.sessions() == 0) {
            return null;
        }
        var copy = new SessionTotals();
        copy.addAll(heardBefore);
        return copy;
    }

    /** Adds an ended session, which was noted before. */
    void end(ListenerId id, SessionTally session) {
        ExposedListener listener = listeners.get(id);
        String arm = session.arm(name);
        if (listener == null || arm == null || isForced(session)) {
            return;
        }
        if (session.arms().get(0).arm(name) == null) {
            late++;
        }
        recommended.computeIfAbsent(arm, key -> new IntSet()).addAll(session.recommended());
        if (switched.contains(id)) {
            return;
        }
        listener.end(session, options.window().toMillis());
        if (latencies != null && sessionTimes != null) {
            session.observe(latencies, listener.number());
            sessionTimes.add(listener.number(), session.totals().time());
        }
    }

    private boolean isForced(SessionTally session) {
        return session.arms().stream().anyMatch(arms -> arms.forced().contains(name));
    }

    /** Adds the listeners of another reading. */
    void addAll(ExperimentReading other) {
        listeners.putAll(other.listeners);
        switched.addAll(other.switched);
        forced.addAll(other.forced);
        other.recommended.forEach((arm, tracks) ->
                recommended.computeIfAbsent(arm, key -> new IntSet()).addAll(tracks));
        if (latencies != null && other.latencies != null) {
            latencies.addAll(other.latencies);
        }
        if (sessionTimes != null && other.sessionTimes != null) {
            sessionTimes.addAll(other.sessionTimes);
        }
        early += other.early;
        late += other.late;
    }

    /** Whether there are no listeners, forced listeners included. */
    boolean isEmpty() {
        return listeners.isEmpty() && forced.isEmpty();
    }

    ExperimentData data(LogCounts counts) {
        List<ExposedListener> remaining = new ArrayList<>();
        listeners.forEach((id, listener) -> {
            if (!switched.contains(id) && !forced.contains(id)) {
                remaining.add(listener);
            }
        });
        remaining.sort(Comparator.comparingLong(ExposedListener::arrivedAt)
                .thenComparing(listener -> listener.listener().text()));
        TreeSet<String> arms = ExperimentData.inOrder();
        remaining.forEach(listener -> arms.add(listener.arm()));
        Map<String, Integer> tracks = new HashMap<>();
        recommended.forEach((arm, set) -> tracks.put(arm, set.size()));
        return new ExperimentData(
                name,
                List.copyOf(arms),
                remaining,
                counts.facts(switched.size(), forced.size(), early, late),
                tracks,
                latencies,
                sessionTimes,
                counts.logEnd(),
                options);
    }
}
