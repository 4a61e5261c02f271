package dev.segue.play;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arms of a listener, one for each experiment, in the experiments' order.
 *
 * <p>Two parallel lists, not a map: they keep their order, are cheap to iterate, and one instance can be shared by all
 * events with the same arms.
 *
 * @param experiments names of the experiments
 * @param arms the arm in each of them: {@code C}, {@code T1}, …
 * @param forced names of the experiments in which the arm is forced by the configuration; analyses leave them out
 */
public record Arms(List<String> experiments, List<String> arms, List<String> forced) {

    /** In no experiment. */
    public static final Arms NONE = new Arms(List.of(), List.of(), List.of());

    public Arms {
        experiments = List.copyOf(experiments);
        arms = List.copyOf(arms);
        forced = List.copyOf(forced);
        if (experiments.size() != arms.size()) {
            throw new IllegalArgumentException(experiments.size() + " experiments with " + arms.size() + " arms");
        }
    }

    /** In one experiment, by assignment. */
    public static Arms of(String experiment, String arm) {
        return new Arms(List.of(experiment), List.of(arm), List.of());
    }

    /** The arm in an experiment, or null if the listener was not in it. */
    public @Nullable String arm(String experiment) {
        int index = experiments.indexOf(experiment);
        return index < 0 ? null : arms.get(index);
    }
}
