package dev.segue.config;

import dev.segue.config.Values.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One experiment: which listeners get which recommender. */
public record ExperimentSettings(
        String name,
        Map<String, String> arms,
        Map<String, Integer> weights,
        double traffic,
        Map<String, String> forced,
        boolean serves) {

    static final Range ARM_COUNTS = new Range(1, 64);
    static final Range WEIGHT_VALUES = new Range(1, 1_000_000);
    static final int MAX_LISTENER_LENGTH = 128;

    static final Key<String> NAME =
            Key.of("name", Form.TEXT, "Name, unique among the experiments. It also seeds the assignment.");
    static final Key<Map<String, String>> ARMS = Key.of(
            "arms",
            new Form<>("object arm → recommender", given -> given.map(ConfigNode::text)),
            "The control and the treatments, named `C`, `T1`, `T2`, … in this order; 64 at most.");
    static final Key<Map<String, Integer>> WEIGHTS = Key.of(
            "weights",
            new Form<>("object arm → integer", given -> given.map(WEIGHT_VALUES::read)),
            "Relative shares of the listeners, 1 to 1000000, for every arm. Without it, all shares are equal.");
    static final Key<Double> TRAFFIC =
            new Key<>("traffic", Values.Numbers.SHARE, 1.0, "Share of the listeners that take part.");
    static final Key<Map<String, String>> FORCED = new Key<>(
            "forced",
            new Form<>("object listener → arm", given -> given.map(ConfigNode::text)),
            Map.of(),
            "Arms of single listeners, by listener id; they replace the assignment.");
    static final Key<Boolean> SERVES = new Key<>(
            "serves",
            Form.BOOLEAN,
            false,
            "Whether the recommenders of this experiment are used; this must be so for exactly one experiment.");

    static final List<Key<?>> KEYS = List.of(NAME, ARMS, WEIGHTS, TRAFFIC, FORCED, SERVES);

    public ExperimentSettings {
        Names.check("name", name);
        arms = Ordered.copyOf(arms);
        weights = Ordered.copyOf(weights);
        forced = Ordered.copyOf(forced);
        checkArms(arms);
        checkWeights(weights, arms);
        TRAFFIC.check(traffic);
        checkForced(forced, arms);
    }

    private static void checkArms(Map<String, String> arms) {
        if (!ARM_COUNTS.contains(arms.size())) {
            throw new IllegalArgumentException("arms: there are " + arms.size() + "; give 1 to 64 of them");
        }
        int index = 0;
        for (String arm : arms.keySet()) {
            String expected = index == 0 ? "C" : "T" + index;
            if (!arm.equals(expected)) {
                throw new IllegalArgumentException("arms: \"" + arm + "\" stands where \"" + expected
                        + "\" belongs; arms are named C, T1, T2, … in this order");
            }
            index++;
        }
    }

    private static void checkWeights(Map<String, Integer> weights, Map<String, String> arms) {
        if (!weights.keySet().equals(arms.keySet())) {
            throw new IllegalArgumentException("weights: are for " + String.join(", ", weights.keySet())
                    + "; the arms are " + String.join(", ", arms.keySet()));
        }
        weights.forEach((arm, weight) -> WEIGHT_VALUES.check("weights." + arm, weight));
    }

    private static void checkForced(Map<String, String> forced, Map<String, String> arms) {
        forced.forEach((listener, arm) -> {
            if (listener.isEmpty() || listener.length() > MAX_LISTENER_LENGTH) {
                throw new IllegalArgumentException("forced: a listener's id has 1 to " + MAX_LISTENER_LENGTH
                        + " characters, not " + listener.length());
            }
            if (!arms.containsKey(arm)) {
                throw new IllegalArgumentException("forced." + listener + ": there is no arm \"" + arm
                        + "\"; the arms are " + String.join(", ", arms.keySet()));
            }
        });
    }

    static ExperimentSettings read(ConfigNode at) {
        at.requireValid(KEYS);
        Map<String, String> arms = ARMS.require(at);
        Map<String, Integer> weights = WEIGHTS.find(at).orElseGet(() -> equalWeights(arms));
        return at.build(() -> new ExperimentSettings(
                NAME.require(at), arms, weights, TRAFFIC.read(at), FORCED.read(at), SERVES.read(at)));
    }

    /** The experiment of a configuration without experiments: all listeners, in equal shares. */
    static ExperimentSettings nextTrack(Map<String, String> arms) {
        return new ExperimentSettings("NEXT_TRACK", arms, equalWeights(arms), 1.0, Map.of(), true);
    }

    private static Map<String, Integer> equalWeights(Map<String, String> arms) {
        return arms.keySet().stream().collect(LinkedHashMap::new, (map, arm) -> map.put(arm, 1), Map::putAll);
    }
}
