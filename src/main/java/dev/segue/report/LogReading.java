package dev.segue.report;

import dev.segue.event.Arms;
import dev.segue.event.Session;
import dev.segue.event.SessionReader;
import dev.segue.listener.ListenerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log into what its listeners did in each of its experiments, session by session, at once or bit by bit as the log
 * grows. Memory holds a few numbers for each listener and experiment, and with {@link ReadingOptions#observations} eight
 * bytes for each request and session.
 */
public final class LogReading {

    private final SessionReader sessions;
    private final ReadingOptions options;
    private final Map<String, ExperimentReading> experiments = new TreeMap<>();
    private final Map<ListenerId, SessionTotals> heardBefore = new HashMap<>();
    private final Map<String, Long> earlySessions = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param sessions where the sessions will be from: knows what was met beside them
     */
    public LogReading(SessionReader sessions, ReadingOptions options) {
        this.sessions = sessions;
        this.options = options;
    }

    /**
     * Reads all sessions.
     *
     * @param afterEach is run after each session
     * @throws dev.segue.event.EventLogException if a line is no event
     */
    public static LogReading of(SessionReader sessions, ReadingOptions options, Runnable afterEach) {
        var reading = new LogReading(sessions, options);
        for (Session session = sessions.next(); session != null; session = sessions.next()) {
            reading.add(session);
            afterEach.run();
        }
        return reading;
    }

    /** Takes in a session, which ended or not. */
    public void add(Session session) {
        boolean early = options.from() != null && session.first().timestamp() < options.from();
        Arms arms = early ? Arms.NONE : session.first().experiments();
        if (early) {
            session.first().experiments().experiments().forEach(name -> earlySessions.merge(name, 1L, Long::sum));
        }
        for (int i = 0; i < arms.experiments().size(); i++) {
            String name = arms.experiments().get(i);
            ExperimentReading experiment =
                    experiments.computeIfAbsent(name, key -> new ExperimentReading(key, options));
            if (arms.forced().contains(name)) {
                experiment.force(session.listener());
            } else {
                experiment.add(session, arms.arms().get(i), heardBefore.get(session.listener()));
            }
        }
        if (session.closed()) {
            heardBefore
                    .computeIfAbsent(session.listener(), listener -> new SessionTotals())
                    .add(session, options.facts());
        }
    }

    /** How many listeners there are. */
    public int listeners() {
        return heardBefore.size();
    }

    /**
     * One of the log's experiments.
     *
     * @param name null for the only one
     * @throws ReportException if it is not in the log, or there is more than one; the message lists them
     */
    public ExperimentData experiment(@Nullable String name) {
        String chosen = choose(name, experiments.keySet(), options);
        return Objects.requireNonNull(experiments.get(chosen))
                .data(sessions.counts(), earlySessions.getOrDefault(chosen, 0L));
    }

    /** The experiment of that name, or the only one there is. */
    static String choose(@Nullable String name, Collection<String> experiments, ReadingOptions options) {
        if (experiments.isEmpty()) {
            throw new ReportException("the log has no sessions of any experiment"
                    + (options.from() == null ? " yet" : " since --from; name an earlier time"));
        }
        if (name == null && experiments.size() > 1) {
            throw new ReportException(
                    "the log has several experiments; name one with --experiment: " + String.join(", ", experiments));
        }
        String chosen = name == null ? experiments.iterator().next() : name;
        if (!experiments.contains(chosen)) {
            throw new ReportException(
                    "the log has no experiment " + chosen + "; it has: " + String.join(", ", experiments));
        }
        return chosen;
    }
}
