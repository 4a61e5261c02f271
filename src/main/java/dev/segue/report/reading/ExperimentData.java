package dev.segue.report.reading;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The data of one experiment in a log.
 *
 * @param name the experiment
 * @param arms the arms that were met: control, then the others by name
 * @param listeners everyone who was exposed to exactly one arm, by the draw
 * @param log what else was met
 * @param recommended how many different tracks were recommended in each arm
 * @param latencies of all requests of sessions that ended, in ms; null if they were not kept
 * @param sessionTimes of all sessions that ended, in track lengths; null if they were not kept
 * @param lastEventAt the time of the log's latest event, in ms since 1970
 * @param options how the log was read
 */
public record ExperimentData(
        String name,
        List<String> arms,
        Collection<ExposedListener> listeners,
        LogFacts log,
        Map<String, Integer> recommended,
        @Nullable Observations latencies,
        @Nullable Observations sessionTimes,
        long lastEventAt,
        ReadingOptions options) {

    /** Control's arm. */
    public static final String CONTROL = "C";

    public ExperimentData {
        listeners = List.copyOf(listeners);
    }

    /** Orders arms: C before all others; T2 before T10. */
    public static TreeSet<String> inOrder() {
        return new TreeSet<>((first, second) -> {
            if (first.equals(CONTROL) != second.equals(CONTROL)) {
                return first.equals(CONTROL) ? -1 : 1;
            }
            return first.length() == second.length() ? first.compareTo(second) : first.length() - second.length();
        });
    }

    /** Everyone exposed to an arm. */
    public List<ExposedListener> exposedTo(String arm) {
        return listeners.stream().filter(listener -> listener.arm().equals(arm)).toList();
    }
}
