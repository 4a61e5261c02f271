package dev.segue.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One experiment: which listeners get which recommender.
 *
 * @param name unique among the experiments; it also seeds the assignment
 * @param arms arm name → recommender name; arms are named C, T1, T2, … in this order
 * @param weights arm name → relative share of the listeners, for every arm
 * @param traffic share of the listeners that take part, 0 to 1
 * @param forced listener id as text → the arm that listener always gets
 * @param serves whether this experiment's recommenders answer
 */
public record ExperimentSettings(
        String name,
        Map<String, String> arms,
        Map<String, Integer> weights,
        double traffic,
        Map<String, String> forced,
        boolean serves) {

    static final Range ARMS = new Range(1, 64);
    static final Range WEIGHTS = new Range(1, 1_000_000);
    static final int MAX_LISTENER_LENGTH = 128;
    static final List<String> KEYS = List.of("name", "arms", "weights", "traffic", "forced", "serves");

    public ExperimentSettings {
        Names.check("name", name);
        arms = Ordered.copyOf(arms);
        weights = Ordered.copyOf(weights);
        forced = Ordered.copyOf(forced);
        checkArms(arms);
        checkWeights(weights, arms);
        if (!(traffic >= 0 && traffic <= 1)) {
            throw new IllegalArgumentException("traffic: " + traffic + " is no number from 0 to 1");
        }
        checkForced(forced, arms);
    }

    private static void checkArms(Map<String, String> arms) {
        if (!ARMS.contains(arms.size())) {
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
        weights.forEach((arm, weight) -> WEIGHTS.check("weights." + arm, weight));
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
        at.requireKeys(KEYS);
        Map<String, String> arms = at.get("arms").map(ConfigNode::text);
        Map<String, Integer> weights = at.find("weights")
                .map(given -> given.map(weight -> (int) weight.integer(WEIGHTS)))
                .orElseGet(() -> equalWeights(arms));
        return at.build(() -> new ExperimentSettings(
                at.get("name").text(),
                arms,
                weights,
                at.find("traffic").map(ConfigNode::share).orElse(1.0),
                at.find("forced").map(given -> given.map(ConfigNode::text)).orElse(Map.of()),
                at.find("serves").map(ConfigNode::yes).orElse(false)));
    }

    /** The experiment of a configuration that names none: half and half, all listeners. */
    static ExperimentSettings nextTrack(Map<String, String> arms) {
        return new ExperimentSettings("NEXT_TRACK", arms, equalWeights(arms), 1.0, Map.of(), true);
    }

    private static Map<String, Integer> equalWeights(Map<String, String> arms) {
        return arms.keySet().stream().collect(LinkedHashMap::new, (map, arm) -> map.put(arm, 1), Map::putAll);
    }
}
