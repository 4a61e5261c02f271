package dev.segue.experiment;

import dev.segue.listener.ListenerId;
import dev.segue.play.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which listeners are in which arms by the rows of logs; a listener whose arm changes anywhere is in two. */
public final class RecordedArms {

    /** A listener in an experiment. */
    public static final class Recorded {
        private final String arm;
        private long rows;
        private boolean switched;

        private Recorded(String arm) {
            this.arm = arm;
        }

        /** The arm of the first row. */
        public String arm() {
            return arm;
        }

        /** How many rows there are. */
        public long rows() {
            return rows;
        }

        /** Whether a later row has another arm. */
        public boolean isSwitched() {
            return switched;
        }
    }

    private final Map<String, Map<ListenerId, Recorded>> recorded = new TreeMap<>();
    private final Map<String, Set<String>> arms = new TreeMap<>();

    /** Takes in a row of an experiment that it names. */
    public void add(Event event, String experiment) {
        String arm = Objects.requireNonNull(event.experiments().arm(experiment));
        arms.computeIfAbsent(experiment, name -> new TreeSet<>()).add(arm);
        Recorded listener = recorded.computeIfAbsent(experiment, name -> new HashMap<>())
                .computeIfAbsent(event.listener(), id -> new Recorded(arm));
        listener.rows++;
        listener.switched |= !listener.arm.equals(arm);
    }

    /** An experiment's listeners. */
    public Map<ListenerId, Recorded> listeners(String experiment) {
        return recorded.getOrDefault(experiment, Map.of());
    }

    /** How many listeners are in two arms of an experiment. */
    public long switched() {
        return recorded.values().stream()
                .flatMap(listeners -> listeners.values().stream())
                .filter(Recorded::isSwitched)
                .count();
    }

    /** Experiment → its arms. */
    public Map<String, Set<String>> arms() {
        return arms;
    }

    /** The arms that are named so, of all experiments. */
    public Set<String> named(Predicate<String> wanted) {
        Set<String> named = new TreeSet<>();
        arms.values().forEach(all -> all.stream().filter(wanted).forEach(named::add));
        return named;
    }
}
