package dev.segue.report;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What a log tells of one experiment.
 *
 * @param name the experiment
 * @param arms the arms that were met: control, then the others by name
 * @param listeners everyone who was exposed to exactly one arm, by the draw
 * @param switched listeners who were seen in more than one arm: the weights were changed, or the log is of two experiments. They
 *     belong to no arm
 * @param forced listeners whose arm was set by hand, who are left out
 */
public record ExperimentData(
        String name, List<String> arms, Collection<ListenerTotals> listeners, long switched, long forced) {

    /** Control's arm. */
    public static final String CONTROL = "C";

    public ExperimentData {
        arms = List.copyOf(arms);
        listeners = List.copyOf(listeners);
    }

    static ExperimentData of(String name, Collection<ListenerTotals> listeners, long switched, long forced) {
        var arms = new TreeSet<String>(ExperimentData::controlFirst);
        listeners.forEach(listener -> arms.add(listener.arm()));
        return new ExperimentData(name, List.copyOf(arms), listeners, switched, forced);
    }

    /** C before all others; T2 before T10. */
    private static int controlFirst(String first, String second) {
        if (first.equals(CONTROL) != second.equals(CONTROL)) {
            return first.equals(CONTROL) ? -1 : 1;
        }
        return first.length() == second.length() ? first.compareTo(second) : first.length() - second.length();
    }

    /** Everyone exposed to an arm. */
    List<ListenerTotals> exposedTo(String arm) {
        return listeners.stream().filter(listener -> listener.arm().equals(arm)).toList();
    }
}
