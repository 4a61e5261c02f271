package dev.segue.report;

import dev.segue.event.Arms;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log into what its listeners did in each of its experiments. Streams the sessions; memory holds a few numbers for each
 * listener and experiment.
 */
public final class LogReading {

    private final Map<String, Experiment> experiments = new TreeMap<>();
    private final SessionReader.Counts counts;

    /** One experiment, while the log is being read. */
    private static final class Experiment {
        private final Map<ListenerId, ListenerTotals> listeners = new LinkedHashMap<>();
        private final Set<ListenerId> switched = new HashSet<>();
        private final Set<ListenerId> forced = new HashSet<>();

        void add(Session session, String arm) {
            ListenerTotals totals =
                    listeners.computeIfAbsent(session.listener(), listener -> new ListenerTotals(listener, arm));
            if (!totals.arm().equals(arm)) {
                switched.add(session.listener());
            } else if (session.closed()) {
                totals.add(session);
            }
        }

        ExperimentData data(String name) {
            List<ListenerTotals> remaining = new ArrayList<>();
            listeners.forEach((listener, totals) -> {
                if (!switched.contains(listener) && !forced.contains(listener)) {
                    remaining.add(totals);
                }
            });
            return ExperimentData.of(name, remaining, switched.size(), forced.size());
        }
    }

    /**
     * Reads all sessions.
     *
     * @param afterEach is run after each session
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public LogReading(SessionReader sessions, Runnable afterEach) {
        for (Session session = sessions.next(); session != null; session = sessions.next()) {
            add(session);
            afterEach.run();
        }
        counts = sessions.counts();
    }

    private void add(Session session) {
        Arms arms = session.first().experiments();
        for (int i = 0; i < arms.experiments().size(); i++) {
            String name = arms.experiments().get(i);
            Experiment experiment = experiments.computeIfAbsent(name, key -> new Experiment());
            if (arms.forced().contains(name)) {
                experiment.forced.add(session.listener());
            } else {
                experiment.add(session, arms.arms().get(i));
            }
        }
    }

    /** What was met while reading. */
    public SessionReader.Counts counts() {
        return counts;
    }

    /**
     * One of the log's experiments.
     *
     * @param name null for the only one
     * @throws ReportException if it is not in the log, or there is more than one; the message lists them
     */
    public ExperimentData experiment(@Nullable String name) {
        if (experiments.isEmpty()) {
            throw new ReportException("the log has no sessions of any experiment (" + counts.events()
                    + " events); name another with --log");
        }
        if (name == null && experiments.size() > 1) {
            throw new ReportException("the log has several experiments; name one with --experiment: "
                    + String.join(", ", experiments.keySet()));
        }
        String chosen = name == null ? experiments.keySet().iterator().next() : name;
        Experiment experiment = experiments.get(chosen);
        if (experiment == null) {
            throw new ReportException(
                    "the log has no experiment " + chosen + "; it has: " + String.join(", ", experiments.keySet()));
        }
        return experiment.data(chosen);
    }
}
