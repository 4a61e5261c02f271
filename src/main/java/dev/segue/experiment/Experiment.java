package dev.segue.experiment;

import dev.segue.listener.ListenerId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits listeners between treatments, for good: the split is a function of the experiment's name and the listener.
 *
 * <p>With equal weights a listener's arm is hash mod (number of arms), Botify's rule. Unequal whole weights, divided by
 * their greatest common divisor, are laid side by side, and hash mod (their sum) falls into one of them; so equal weights
 * of any size are Botify's rule again. Whether a listener takes part at all is decided by a second hash with a salt of its
 * own: raising the traffic adds listeners and moves nobody between arms. Forced listeners go where they are sent, in any
 * traffic; {@link #isForced} tells them apart, since they are not a random sample.
 */
public final class Experiment {

    private final String name;
    private final List<Treatment> treatments;
    private final double traffic;
    private final Map<Long, Treatment> forced;
    private final AssignmentHash armHash;
    private final AssignmentHash trafficHash;
    private final long[] cumulativeWeights;

    /**
     * @param treatments control first
     * @param traffic share of listeners that take part, 0..1
     * @param forced listener key → the name of the arm it is forced to
     * @throws IllegalArgumentException if there are no treatments, the traffic is outside 0..1 or a forced arm is unknown
     */
    public Experiment(String name, List<Treatment> treatments, double traffic, Map<Long, String> forced) {
        if (treatments.isEmpty()) {
            throw new IllegalArgumentException("experiment " + name + " has no treatments");
        }
        if (!(traffic >= 0 && traffic <= 1)) {
            throw new IllegalArgumentException("experiment " + name + ": traffic " + traffic + " is outside 0..1");
        }
        this.name = name;
        this.treatments = List.copyOf(treatments);
        this.traffic = traffic;
        this.forced = forced.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> treatment(entry.getValue())));
        armHash = AssignmentHash.saltedWith(name);
        trafficHash = AssignmentHash.saltedWith(name + "/traffic");
        cumulativeWeights = cumulate(this.treatments);
    }

    private Treatment treatment(String arm) {
        return treatments.stream()
                .filter(treatment -> treatment.name().equals(arm))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "experiment " + name + " has no treatment " + arm + " to force a listener to"));
    }

    private static long[] cumulate(List<Treatment> treatments) {
        long divisor = 0;
        for (Treatment treatment : treatments) {
            divisor = greatestCommonDivisor(treatment.weight(), divisor);
        }
        long[] cumulative = new long[treatments.size()];
        long sum = 0;
        for (int arm = 0; arm < cumulative.length; arm++) {
            sum += treatments.get(arm).weight() / divisor;
            cumulative[arm] = sum;
        }
        return cumulative;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** The listener's treatment, or null if the listener does not take part. */
    public @Nullable Treatment assign(ListenerId listener) {
        Treatment force = forced.isEmpty() ? null : forced.get(listener.key());
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
        return treatments.get(arm);
    }

    /** Whether the listener's treatment was set by hand. */
    public boolean isForced(ListenerId listener) {
        return forced.containsKey(listener.key());
    }

    public String name() {
        return name;
    }

    /** The treatments, control first. */
    public List<Treatment> treatments() {
        return treatments;
    }

    /** The treatment of listeners who do not take part. */
    public Treatment control() {
        return treatments.get(0);
    }

    /** Share of listeners that take part, 0..1. */
    public double traffic() {
        return traffic;
    }
}
