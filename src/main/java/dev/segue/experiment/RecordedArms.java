package dev.segue.experiment;

import dev.segue.id.ListenerId;
import dev.segue.play.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The arms of listeners as recorded in the rows of logs. */
public final class RecordedArms {

    /** The rows of a listener in an experiment. */
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

        /** The number of rows. */
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

    /** Adds a row of the experiment. The event must have an arm of it. */
    public void add(Event event, String experiment) {
        String arm = Objects.requireNonNull(event.experiments().arm(experiment));
        arms.computeIfAbsent(experiment, name -> new TreeSet<>()).add(arm);
        Recorded listener = recorded.computeIfAbsent(experiment, name -> new HashMap<>())
                .computeIfAbsent(event.listener(), id -> new Recorded(arm));
        listener.rows++;
        listener.switched |= !listener.arm.equals(arm);
    }

    /** The listeners of an experiment. */
    public Map<ListenerId, Recorded> listeners(String experiment) {
        return recorded.getOrDefault(experiment, Map.of());
    }

    /** The number of listeners with rows in several arms, summed over the experiments. */
    public long switched() {
        return recorded.values().stream()
                .flatMap(listeners -> listeners.values().stream())
                .filter(Recorded::isSwitched)
                .count();
    }

    /** The names of each experiment's arms, by the experiment's name. */
    public Map<String, Set<String>> arms() {
        return arms;
    }

    /** The names of the arms, of all experiments, that match a condition. */
    public Set<String> armsMatching(Predicate<String> condition) {
        Set<String> matching = new TreeSet<>();
        arms.values().forEach(names -> names.stream().filter(condition).forEach(matching::add));
        return matching;
    }
}
