package dev.segue.experiment;

import dev.segue.listener.ListenerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits listeners between arms, for good: a listener's arm is a function of the experiment's name and the listener.
 *
 * <p>With equal weights a listener's arm is hash mod (number of arms), Botify's rule. Unequal whole weights, divided by
 * their greatest common divisor, are laid side by side, and hash mod (their sum) falls into one of them; so equal weights
 * of any size are Botify's rule again. Whether a listener takes part at all is decided by a second hash with a salt of its
 * own: raising the traffic adds listeners and moves no listener between arms. Forced listeners go where they are sent, in any
 * traffic; {@link #isForced} tells them apart, since they are not a random sample.
 */
public final class Experiment {

    private final String name;
    private final List<Arm> arms;
    private final double traffic;
    private final Map<Long, Arm> forced;
    private final AssignmentHash armHash;
    private final AssignmentHash trafficHash;
    private final long[] cumulativeWeights;

    /**
     * @param arms control first
     * @param traffic share of listeners that take part, 0..1
     * @param forced listener key → the name of the arm it is forced to
     * @throws IllegalArgumentException if there are no arms, the traffic is outside 0..1 or a forced arm is unknown
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

    /** Of all listeners, in arms of equal size. */
    public static Experiment ofEqualWeights(String name, String... arms) {
        return new Experiment(
                name, Arrays.stream(arms).map(arm -> new Arm(arm, 1)).toList(), 1, Map.of());
    }

    /** Of all listeners, in the arms C, T1, T2, … of these weights. */
    public static Experiment ofWeights(String name, List<Integer> weights) {
        List<Arm> arms = new ArrayList<>();
        for (int weight : weights) {
            arms.add(new Arm(arms.isEmpty() ? Arm.CONTROL : "T" + arms.size(), weight));
        }
        return new Experiment(name, arms, 1, Map.of());
    }

    private Arm arm(String wanted) {
        return arms.stream()
                .filter(arm -> arm.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "experiment " + name + " has no arm " + wanted + " to force a listener to"));
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
        Arm force = forced.isEmpty() ? null : forced.get(listener.key());
        if (force != null) {
            return force;
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

    /** Whether the listener's arm was set by hand. */
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

    /** The arm whose recommender serves listeners who do not take part. */
    public Arm control() {
        return arms.get(0);
    }

    /** Share of listeners that take part, 0..1. */
    public double traffic() {
        return traffic;
    }
}
