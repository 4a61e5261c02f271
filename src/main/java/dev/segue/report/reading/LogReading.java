package dev.segue.report.reading;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the sessions of a log's listeners by experiment. {@link TableReading} and {@link GrowingReading} pass the sessions. */
final class LogReading {

    private final ReadingOptions options;
    private final @Nullable String only;
    private final LogCounts counts = new LogCounts();
    private final Map<String, ExperimentReading> experiments = new TreeMap<>();

    /** @param only the experiment to read; null for all */
    LogReading(ReadingOptions options, @Nullable String only) {
        this.options = options;
        this.only = only;
    }

    LogCounts counts() {
        return counts;
    }

    /**
     * Notes that an event names arms that its session has not named before.
     *
     * @param number the number of the listener
     * @param heardBefore the totals of the listener's earlier sessions; null if there are none
     */
    void see(ListenerId listener, int number, SessionTally session, @Nullable SessionTotals heardBefore) {
        if (!isEarly(session)) {
            experimentsOf(session).forEach(name -> reading(name).see(listener, number, session, heardBefore));
        }
    }

    /** Adds an ended session, which was noted before. */
    void end(ListenerId listener, SessionTally session) {
        counts.addEnded(session);
        session.end();
        for (String name : experimentsOf(session)) {
            if (isEarly(session)) {
                reading(name).addEarly();
            } else {
                reading(name).end(listener, session);
            }
        }
    }

    private boolean isEarly(SessionTally session) {
        return options.from() != null && session.begun() < options.from();
    }

    private Collection<String> experimentsOf(SessionTally session) {
        if (only != null) {
            return session.arm(only) == null ? Set.of() : Set.of(only);
        }
        if (session.arms().size() == 1) {
            return session.arms().get(0).experiments();
        }
        Set<String> names = new HashSet<>();
        for (Arms arms : session.arms()) {
            names.addAll(arms.experiments());
        }
        return names;
    }

    private ExperimentReading reading(String name) {
        return experiments.computeIfAbsent(name, key -> new ExperimentReading(key, options));
    }

    /** Adds the listeners of another reading. */
    void addAll(LogReading other) {
        counts.addAll(other.counts);
        other.experiments.forEach((name, experiment) -> reading(name).addAll(experiment));
    }

    /**
     * The data of an experiment.
     *
     * @param name the experiment; null for the only one
     * @param met the counts of the log
     * @throws ReportException if the experiment is not in the log, or the name is null and there are several; the message lists them
     */
    ExperimentData experiment(@Nullable String name, LogCounts met) {
        Map<String, ExperimentReading> begun = new HashMap<>(experiments);
        begun.values().removeIf(ExperimentReading::isEmpty);
        String chosen = choose(name, begun.keySet(), options);
        return Objects.requireNonNull(begun.get(chosen)).data(met);
    }

    /** Returns the experiment with the name, or the only experiment if the name is null. */
    static String choose(@Nullable String name, Collection<String> experiments, ReadingOptions options) {
        if (experiments.isEmpty()) {
            throw new ReportException("the log has no sessions of any experiment"
                    + (options.from() == null ? " yet" : " since --from; name an earlier time"));
        }
        String all = String.join(", ", experiments.stream().sorted().toList());
        if (name == null && experiments.size() > 1) {
            throw new ReportException("the log has several experiments; name one with --experiment: " + all);
        }
        String chosen = name == null ? experiments.iterator().next() : name;
        if (!experiments.contains(chosen)) {
            throw new ReportException("the log has no experiment " + chosen + "; it has: " + all);
        }
        return chosen;
    }
}
