package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Estimates of the mean reward of single decisions: what the next playback would be worth if the target policy had chosen it at each
 * moment of the log.
 *
 * <p>The parameter of Switch-DR and DRos is the one of a grid, from the model alone to DR, that has the smallest estimated mean squared
 * error: the variance of the mean plus the square of the bias, estimated by the mean of (w − u)·(r − q) (Su et al. 2020, direct bias
 * estimation). An interval of the shrunk estimate alone knows nothing of that bias, and covered the truth in half of the runs of {@code
 * OffPolicyCoverageTest}; so these intervals reach over that of DR too, and these estimates are refused where DR is.
 */
public final class DecisionEstimates {

    /** Powers of ten between two values of the grid. */
    private static final double GRID_STEP = 0.25;

    private final List<Decision> decisions;
    private final int units;
    private final EstimateOptions options;

    private DecisionEstimates(List<Decision> decisions, int units, EstimateOptions options) {
        this.decisions = decisions;
        this.units = units;
        this.options = options;
    }

    /**
     * All estimates, in the order of {@link Estimator}. Without propensities only the direct method remains: the others are refused.
     *
     * @param decisions at least one; either all have a propensity or none has
     * @param units how many units there are
     */
    public static List<Estimate> of(List<Decision> decisions, int units, EstimateOptions options) {
        if (decisions.isEmpty()) {
            throw new IllegalArgumentException("there are no decisions");
        }
        return new DecisionEstimates(decisions, units, options).all();
    }

    private List<Estimate> all() {
        Map<Estimator, Double> parameters = new EnumMap<>(Estimator.class);
        Map<Estimator, Contributions> contributions = new EnumMap<>(Estimator.class);
        Map<Estimator, String> refusals = new EnumMap<>(Estimator.class);
        boolean hasPropensities = decisions.get(0).hasPropensity();
        @Nullable Support support = hasPropensities ? support() : null;
        for (Estimator estimator : Estimator.values()) {
            if (estimator.usesWeights() && support == null) {
                refusals.put(estimator, "the log has no propensities; serve with a version of Segue that logs them");
                continue;
            }
            double parameter = estimator.hasParameter() ? chosen(estimator) : Double.NaN;
            Contributions sums = contributions(decisions, units, estimator, parameter);
            parameters.put(estimator, parameter);
            contributions.put(estimator, sums);
            if (estimator.usesWeights() && support != null) {
                @Nullable String refusal = support.refusal(effective(contributions));
                if (refusal != null) {
                    refusals.put(estimator, refusal);
                }
            }
        }
        return estimates(parameters, contributions, refusals);
    }

    /** The effective sample size of the importance weights; shrunk ones may look better than what they leave to the model. */
    private static double effective(Map<Estimator, Contributions> contributions) {
        return Objects.requireNonNull(contributions.get(Estimator.IPS)).effectiveSampleSize();
    }

    private Support support() {
        Contributions weights = contributions(decisions, units, Estimator.SNIPS, Double.NaN);
        return Support.of(weights.denominators(), weights.counts());
    }

    private List<Estimate> estimates(
            Map<Estimator, Double> parameters,
            Map<Estimator, Contributions> contributions,
            Map<Estimator, String> refusals) {
        List<Estimator> accepted = Arrays.stream(Estimator.values())
                .filter(estimator -> !refusals.containsKey(estimator))
                .toList();
        List<Interval> bootstrap = Bootstrap.intervals(
                accepted.stream().map(contributions::get).toList(), options.alpha(), options.seed());
        List<Interval> bernstein = accepted.stream()
                .map(estimator -> EmpiricalBernstein.interval(
                        Objects.requireNonNull(contributions.get(estimator)), 1, options.alpha()))
                .toList();
        List<Estimate> estimates = new ArrayList<>();
        for (Estimator estimator : Estimator.values()) {
            @Nullable Contributions sums = contributions.get(estimator);
            @Nullable String refusal = refusals.get(estimator);
            double effective = sums == null || !estimator.usesWeights() ? Double.NaN : effective(contributions);
            if (refusal != null || sums == null) {
                estimates.add(Estimate.refused(estimator.label(), effective, String.valueOf(refusal)));
                continue;
            }
            estimates.add(new Estimate(
                    estimator.label(),
                    sums.value(),
                    effective,
                    interval(estimator, accepted, bootstrap),
                    estimator == Estimator.SNIPS ? null : interval(estimator, accepted, bernstein),
                    parameterText(estimator, parameters.getOrDefault(estimator, Double.NaN)),
                    null));
        }
        return estimates;
    }

    /** The interval of an estimator; where weights were shrunk, it reaches over that of DR. */
    private static Interval interval(Estimator estimator, List<Estimator> accepted, List<Interval> intervals) {
        Interval own = intervals.get(accepted.indexOf(estimator));
        Interval unbiased = estimator.hasParameter() ? intervals.get(accepted.indexOf(Estimator.DR)) : own;
        return new Interval(Math.min(own.lower(), unbiased.lower()), Math.max(own.upper(), unbiased.upper()));
    }

    private static String parameterText(Estimator estimator, double value) {
        return estimator.hasParameter() ? String.format(Locale.ROOT, "%s=%.4g", estimator.parameterName(), value) : "";
    }

    /** Sums up what all decisions contribute to an estimator. */
    static Contributions contributions(List<Decision> decisions, int units, Estimator estimator, double parameter) {
        var sums = new Contributions(units);
        for (Decision decision : decisions) {
            double weight = estimator.usesWeights() ? estimator.weight(decision.weight(), parameter) : 0;
            boolean direct = estimator == Estimator.IPS || estimator == Estimator.SNIPS;
            sums.add(
                    decision.unit(),
                    weight,
                    estimator.contribution(decision, parameter),
                    estimator == Estimator.SNIPS ? weight : 1,
                    direct ? 0 : -weight,
                    direct ? weight : 1 + weight);
        }
        return sums;
    }

    /** The parameter with the smallest estimated mean squared error; the largest of those, which has the least bias. */
    private double chosen(Estimator estimator) {
        double best = Double.POSITIVE_INFINITY;
        double least = squaredError(estimator, best);
        for (double parameter : grid(estimator)) {
            double error = squaredError(estimator, parameter);
            if (error < least) {
                least = error;
                best = parameter;
            }
        }
        return best;
    }

    /** Finite values from the largest to 0, which leaves the model alone. */
    private double[] grid(Estimator estimator) {
        double largest = decisions.stream().mapToDouble(Decision::weight).max().orElse(0);
        double smallest = decisions.stream()
                .mapToDouble(Decision::weight)
                .filter(weight -> weight > 0)
                .min()
                .orElse(1);
        int power = estimator == Estimator.DROS ? 2 : 1; // λ is compared with w², τ with w
        double top = power * Math.log10(Math.max(largest, smallest));
        double bottom = power * Math.log10(smallest) - 1;
        int steps = (int) Math.ceil((top - bottom) / GRID_STEP);
        double[] grid = new double[steps + 2];
        for (int i = 0; i <= steps; i++) {
            grid[i] = Math.pow(10, top - i * GRID_STEP);
        }
        return grid; // the last one is 0
    }

    /** An estimate of the variance, plus the square of the estimated bias. */
    private double squaredError(Estimator estimator, double parameter) {
        double bias = 0;
        double sum = 0;
        double squares = 0;
        for (Decision decision : decisions) {
            double importance = decision.weight();
            double residual = decision.reward() - decision.model();
            bias += (importance - estimator.weight(importance, parameter)) * residual;
            double contribution = estimator.contribution(decision, parameter);
            sum += contribution;
            squares += contribution * contribution;
        }
        double n = decisions.size();
        double variance = Math.max(0, squares / n - Math.pow(sum / n, 2));
        return variance / n + Math.pow(bias / n, 2);
    }
}
