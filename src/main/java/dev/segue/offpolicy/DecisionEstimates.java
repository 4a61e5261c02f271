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
 * Estimates the mean reward of single decisions: the mean reward of the next playback if the target policy had made each decision of the
 * log.
 *
 * <p>The parameter of Switch-DR and DRos is chosen from a grid, from the model alone to DR, by the smallest estimated mean squared error:
 * the variance of the mean plus the square of the bias, estimated by the mean of (w − u)·(r − q) (Su et al. 2020, direct bias
 * estimation). The interval of a shrunk estimate does not include this bias, and covered the truth in only half of the runs of {@code
 * OffPolicyCoverageTest}. The reported interval is therefore extended to that of DR, and the estimate is refused if that of DR is.
 */
public final class DecisionEstimates {

    /** The step of the grid, in powers of ten. */
    private static final double GRID_STEP = 0.25;

    private final List<Decision> decisions;
    private final int units;
    private final EstimateOptions options;

    private DecisionEstimates(List<Decision> decisions, int units, EstimateOptions options) {
        this.decisions = decisions;
        this.units = units;
        this.options = options;
    }

    /** All estimates, in the order of {@link Estimator}. Without propensities, all but the direct method are refused.
     *
     * @param decisions at least one; either all or none have a propensity
     * @param units number of units
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
            double parameter = estimator.hasParameter() ? chooseParameter(estimator) : Double.NaN;
            Contributions sums = contributions(decisions, units, estimator, parameter);
            parameters.put(estimator, parameter);
            contributions.put(estimator, sums);
            if (estimator.usesWeights() && support != null) {
                @Nullable String refusal = support.refusal(effectiveSampleSize(contributions));
                if (refusal != null) {
                    refusals.put(estimator, refusal);
                }
            }
        }
        return estimates(parameters, contributions, refusals);
    }

    /** The effective sample size of the importance weights without shrinkage, since shrunk weights would overstate it. */
    private static double effectiveSampleSize(Map<Estimator, Contributions> contributions) {
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
            double effectiveSampleSize =
                    sums == null || !estimator.usesWeights() ? Double.NaN : effectiveSampleSize(contributions);
            if (refusal != null || sums == null) {
                estimates.add(Estimate.refused(estimator.label(), effectiveSampleSize, String.valueOf(refusal)));
                continue;
            }
            estimates.add(new Estimate(
                    estimator.label(),
                    sums.value(),
                    effectiveSampleSize,
                    interval(estimator, accepted, bootstrap),
                    estimator == Estimator.SNIPS ? null : interval(estimator, accepted, bernstein),
                    parameterText(estimator, parameters.getOrDefault(estimator, Double.NaN)),
                    null));
        }
        return estimates;
    }

    /** The interval of an estimator; extended to that of DR for shrunk weights. */
    private static Interval interval(Estimator estimator, List<Estimator> accepted, List<Interval> intervals) {
        Interval own = intervals.get(accepted.indexOf(estimator));
        Interval unbiased = estimator.hasParameter() ? intervals.get(accepted.indexOf(Estimator.DR)) : own;
        return new Interval(Math.min(own.lower(), unbiased.lower()), Math.max(own.upper(), unbiased.upper()));
    }

    private static String parameterText(Estimator estimator, double value) {
        return estimator.hasParameter() ? String.format(Locale.ROOT, "%s=%.4g", estimator.parameterName(), value) : "";
    }

    /** The contributions of all decisions to an estimator. */
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

    /** The parameter with the smallest estimated mean squared error; ties go to the largest parameter, which has the least bias. */
    private double chooseParameter(Estimator estimator) {
        double best = Double.POSITIVE_INFINITY;
        double lowest = squaredError(estimator, best);
        for (double parameter : grid(estimator)) {
            double error = squaredError(estimator, parameter);
            if (error < lowest) {
                lowest = error;
                best = parameter;
            }
        }
        return best;
    }

    /** Finite values of the parameter in descending order. The last is 0, which uses only the model. */
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
        return grid;
    }

    /** The estimated mean squared error: the variance plus the square of the bias. */
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
