package dev.segue.analysis;

import java.util.List;

/**
 * A planned experiment: the number of listeners that a lift requires, or the lift that a number of listeners can show.
 *
 * <p>The variance of the listeners' values is assumed to be equal in all arms. With several treatments, each is compared with
 * control at alpha divided by their number, as Holm's correction requires for the smallest p-value. The figures are those of
 * the treatment with the fewest listeners.
 *
 * @param mean mean of the listeners' values, above 0
 * @param deviation their standard deviation, above 0
 * @param weights the arms' shares of the listeners relative to each other, control first; ≥ 1
 * @param alpha the significance level, between 0 and 1
 * @param power the probability of finding the lift, between alpha and 1
 */
public record ExperimentPlan(double mean, double deviation, List<Integer> weights, double alpha, double power) {

    /** The maximum number of listeners of a plan. */
    private static final double MAX_LISTENERS = 1e12;

    public ExperimentPlan {
        Arguments.requirePositive("mean", mean);
        Arguments.requirePositive("standard deviation", deviation);
        Power.requirePower(alpha, power);
        weights = List.copyOf(weights);
        if (weights.size() < 2) {
            throw new IllegalArgumentException(
                    "there are " + weights.size() + " weights; give one for control and one for each treatment");
        }
        for (int weight : weights) {
            if (weight < 1) {
                throw new IllegalArgumentException("weight " + weight + " is below 1");
            }
        }
    }

    /**
     * The listeners that each arm needs, control first.
     *
     * @param lift the relative effect to be found, as a fraction of the mean; not 0
     * @throws IllegalArgumentException if the lift is 0 or no number, or it would take more than 10¹² listeners
     */
    public List<Long> listenersPerArm(double lift) {
        double units = units(lift);
        return weights.stream()
                .map(weight -> (long) Math.ceil(weight * units - 1e-9))
                .toList();
    }

    /** The number of listeners that an arm of weight 1 needs; not rounded. */
    double units(double lift) {
        requireLift(lift);
        double fewest = 2.0 / Math.min(weights.get(0), smallestTreatment());
        double most = MAX_LISTENERS / totalWeight();
        if (powerOfUnits(lift, most) < power) {
            throw new IllegalArgumentException(
                    "a lift of " + lift + " would take more than a million million listeners");
        }
        return powerOfUnits(lift, fewest) >= power
                ? fewest
                : Power.solve(units -> powerOfUnits(lift, units), power, fewest, 2 * fewest);
    }

    /**
     * The lift that a number of listeners can show.
     *
     * @param listeners the number of listeners in all arms together
     * @return as a fraction of the mean, above 0
     * @throws IllegalArgumentException if an arm would have fewer than two listeners
     */
    public double detectableLift(long listeners) {
        double units = unitsOf(listeners);
        return Power.detectable(degreesOfFreedom(units), alphaPerTreatment(), power) * standardError(units) / mean;
    }

    /**
     * The power with a number of listeners.
     *
     * @param lift the relative effect, as a fraction of the mean; not 0
     * @param listeners the number of listeners in all arms together
     * @throws IllegalArgumentException if the lift is 0 or no number, or an arm would have fewer than two listeners
     */
    public double powerFor(double lift, long listeners) {
        requireLift(lift);
        return powerOfUnits(lift, unitsOf(listeners));
    }

    /** The alpha at which each treatment is compared with control. */
    public double alphaPerTreatment() {
        return alpha / (weights.size() - 1);
    }

    private double powerOfUnits(double lift, double units) {
        return Power.of(Math.abs(lift) * mean / standardError(units), degreesOfFreedom(units), alphaPerTreatment());
    }

    private double standardError(double units) {
        return deviation * Math.sqrt(1 / (weights.get(0) * units) + 1 / (smallestTreatment() * units));
    }

    private double degreesOfFreedom(double units) {
        double control = weights.get(0) * units;
        double treatment = smallestTreatment() * units;
        return StudentT.degreesOfFreedom(1 / control, control, 1 / treatment, treatment);
    }

    private double unitsOf(long listeners) {
        double units = (double) listeners / totalWeight();
        double fewest = units * Math.min(weights.get(0), smallestTreatment());
        if (fewest < 2) {
            throw new IllegalArgumentException(listeners
                    + " listeners leave fewer than 2 in the smallest arm; comparing arms takes at least 2 in each");
        }
        return units;
    }

    private int smallestTreatment() {
        return weights.stream().skip(1).mapToInt(Integer::intValue).min().orElseThrow();
    }

    private double totalWeight() {
        return weights.stream().mapToDouble(Integer::doubleValue).sum();
    }

    private static void requireLift(double lift) {
        Arguments.requireFinite("lift", lift);
        if (lift == 0) {
            throw new IllegalArgumentException("a lift of 0 cannot be found with any number of listeners");
        }
    }
}
