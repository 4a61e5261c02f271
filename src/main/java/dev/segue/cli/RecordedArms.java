package dev.segue.cli;

import dev.segue.event.Event;
import dev.segue.listener.ListenerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which listeners are in which arms by the rows of logs; a listener whose arm changes anywhere is in two. */
final class RecordedArms {

    private final Map<String, Map<ListenerId, String>> first = new HashMap<>();
    private final Map<String, Set<ListenerId>> switched = new HashMap<>();
    private final Map<String, Set<String>> arms = new TreeMap<>();

    /** Takes in a row of an experiment that it names. */
    void add(Event event, String experiment) {
        String arm = Objects.requireNonNull(event.experiments().arm(experiment));
        arms.computeIfAbsent(experiment, name -> new TreeSet<>()).add(arm);
        String before =
                first.computeIfAbsent(experiment, name -> new HashMap<>()).putIfAbsent(event.listener(), arm);
        if (before != null && !before.equals(arm)) {
            switched.computeIfAbsent(experiment, name -> new HashSet<>()).add(event.listener());
        }
    }

    boolean isSwitched(String experiment, ListenerId listener) {
        return switched.getOrDefault(experiment, Set.of()).contains(listener);
    }

    /** How many listeners are in two arms of an experiment. */
    long switched() {
        return switched.values().stream().mapToLong(Set::size).sum();
    }

    /** Experiment → its arms. */
    Map<String, Set<String>> arms() {
        return arms;
    }

    /** The arms that are named so, of all experiments. */
    Set<String> named(Predicate<String> wanted) {
        Set<String> named = new TreeSet<>();
        arms.values().forEach(all -> all.stream().filter(wanted).forEach(named::add));
        return named;
    }
}
