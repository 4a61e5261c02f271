package dev.segue.experiment;

import dev.segue.id.ListenerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits listeners between arms. The assignment is stable: a listener's arm is a function of the experiment's name and the listener.
 *
 * <p>The weights are divided by their greatest common divisor. A listener's arm is the one whose interval of cumulative weights contains
 * hash mod (sum of the weights). With equal weights this is hash mod (number of arms), Botify's rule. A second hash with another salt
 * decides whether a listener takes part, so that raising the traffic adds listeners and keeps the arms of the others. Forced listeners
 * take part at any traffic; {@link #isForced} identifies them, since they are not a random sample.
 */
public final class Experiment {

    private final String name;
    private final List<Arm> arms;
    private final double traffic;
    private final Map<Long, Arm> forced;
    private final AssignmentHash armHash;
    private final AssignmentHash trafficHash;
    private final long[] cumulativeWeights;

    /** @param arms control first; at least one
     * @param traffic share of listeners that take part, 0 to 1
     * @param forced listener key → name of the arm that the listener is forced into
     * @throws IllegalArgumentException if there are no arms, the traffic is out of range or a forced arm is unknown
     */
    public Experiment(String name, List<Arm> arms, double traffic, Map<Long, String> forced) {
        if (arms.isEmpty()) {
            throw new IllegalArgumentException("experiment " + name + " has no arms");
        }
        if (!(traffic >= 0 && traffic <= 1)) {
            throw new IllegalArgumentException("experiment " + name + ": traffic " + traffic + " is outside 0..1");
        }
        this.name = name;
        this.arms = List.copyOf(arms);
        this.traffic = traffic;
        this.forced = forced.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> arm(entry.getValue())));
        armHash = AssignmentHash.saltedWith(name);
        trafficHash = AssignmentHash.saltedWith(name + "/traffic");
        cumulativeWeights = cumulate(this.arms);
    }

    /** An experiment with all listeners, in arms of equal weight. */
    public static Experiment ofEqualWeights(String name, String... arms) {
        return new Experiment(
                name, Arrays.stream(arms).map(arm -> new Arm(arm, 1)).toList(), 1, Map.of());
    }

    /** An experiment with all listeners, in the arms C, T1, T2, … of these weights. */
    public static Experiment ofWeights(String name, List<Integer> weights) {
        List<Arm> arms = new ArrayList<>();
        for (int weight : weights) {
            arms.add(new Arm(arms.isEmpty() ? Arm.CONTROL : "T" + arms.size(), weight));
        }
        return new Experiment(name, arms, 1, Map.of());
    }

    private Arm arm(String armName) {
        return arms.stream()
                .filter(arm -> arm.name().equals(armName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "experiment " + name + ": the arm " + armName + " of a forced listener does not exist"));
    }

    private static long[] cumulate(List<Arm> arms) {
        long divisor = 0;
        for (Arm arm : arms) {
            divisor = greatestCommonDivisor(arm.weight(), divisor);
        }
        long[] cumulative = new long[arms.size()];
        long sum = 0;
        for (int arm = 0; arm < cumulative.length; arm++) {
            sum += arms.get(arm).weight() / divisor;
            cumulative[arm] = sum;
        }
        return cumulative;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** The listener's arm, or null if the listener does not take part. */
    public @Nullable Arm assign(ListenerId listener) {
        Arm forcedArm = forced.isEmpty() ? null : forced.get(listener.key());
        if (forcedArm != null) {
            return forcedArm;
        }
        if (traffic < 1 && trafficHash.of(listener) >= traffic * AssignmentHash.RANGE) {
            return null;
        }
        long point = armHash.of(listener) % cumulativeWeights[cumulativeWeights.length - 1];
        int arm = 0;
        while (point >= cumulativeWeights[arm]) {
            arm++;
        }
        return arms.get(arm);
    }

    /** Whether the listener is forced into an arm. */
    public boolean isForced(ListenerId listener) {
        return forced.containsKey(listener.key());
    }

    public String name() {
        return name;
    }

    /** The arms, control first. */
    public List<Arm> arms() {
        return arms;
    }

    /** The control arm. Its recommender also serves the listeners that do not take part. */
    public Arm control() {
        return arms.get(0);
    }

    /** The share of listeners that take part, 0 to 1. */
    public double traffic() {
        return traffic;
    }
}
