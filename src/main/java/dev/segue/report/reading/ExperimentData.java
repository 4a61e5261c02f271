package dev.segue.report.reading;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The data of one experiment in a log.
 *
 * @param name the name of the experiment
 * @param arms the arms in the log: control first, then the others by name
 * @param listeners the listeners who were assigned by chance to exactly one arm
 * @param log facts on the log
 * @param recommended the number of different tracks recommended in each arm
 * @param latencies the latencies of all requests of ended sessions, in ms; null if they were not kept
 * @param sessionTimes the times of all ended sessions, in track lengths; null if they were not kept
 * @param lastEventAt the largest timestamp of the log, in ms since 1970
 * @param options the options for reading the log
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

    /** The default name of the control arm. */
    public static final String CONTROL = "C";

    public ExperimentData {
        listeners = List.copyOf(listeners);
    }

    /** Creates a set that orders arms: C before all others, T2 before T10. */
    public static TreeSet<String> inOrder() {
        return new TreeSet<>((first, second) -> {
            if (first.equals(CONTROL) != second.equals(CONTROL)) {
                return first.equals(CONTROL) ? -1 : 1;
            }
            return first.length() == second.length() ? first.compareTo(second) : first.length() - second.length();
        });
    }

    /** The listeners of an arm. */
    public List<ExposedListener> exposedTo(String arm) {
        return listeners.stream().filter(listener -> listener.arm().equals(arm)).toList();
    }
}
