package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the sum of a session's first H rewards if the target policy chose its first H tracks. H is the horizon; rewards after the end
 * of a shorter session are 0.
 *
 * <p>Per-decision importance sampling (Precup, Sutton and Singh 2000) multiplies a reward by the weights of the decisions up to it: Σ_t
 * w_1⋯w_t·r_t. The doubly robust estimator (Jiang and Li 2016) is computed from the last decision backwards: V_t = v_t + w_t·(r_t +
 * V_{t+1} − q_t). Its q_t and v_t are the predicted reward of the decision plus the mean sum of rewards after it in logged sessions; it is
 * unbiased for any values of these. Weights grow exponentially with H, so the horizon must be short unless the policies are similar.
 */
public final class SessionEstimates {

    /** Per-decision importance sampling. */
    public static final String IPS = "per-decision IPS";

    /** The doubly robust estimator for sequences. */
    public static final String DR = "per-decision DR";

    private SessionEstimates() {}

    /** Both estimates.
     *
     * @param sessions at least one
     * @param units number of listeners
     * @param continuations the mean sum of rewards after each decision of a session
     */
    public static List<Estimate> of(
            List<Trajectory> sessions, int units, Continuations continuations, EstimateOptions options) {
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("there are no sessions");
        }
        int horizon = options.horizon();
        Contributions weights = weights(sessions, units, horizon);
        var ips = new Contributions(units);
        var dr = new Contributions(units);
        for (Trajectory session : sessions) {
            addImportanceSampling(session, horizon, ips);
            addDoublyRobust(session, horizon, continuations, dr);
        }
        double effectiveSampleSize = weights.effectiveSampleSize();
        @Nullable String refusal = refusal(weights);
        if (refusal != null) {
            String reason = refusal + suggestHorizon(sessions, units, horizon);
            return List.of(
                    Estimate.refused(IPS, effectiveSampleSize, reason),
                    Estimate.refused(DR, effectiveSampleSize, reason));
        }
        List<Interval> intervals = Bootstrap.intervals(List.of(ips, dr), options.alpha(), options.seed());
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i++) {
            Contributions sums = i == 0 ? ips : dr;
            estimates.add(new Estimate(
                    i == 0 ? IPS : DR,
                    sums.value(),
                    effectiveSampleSize,
                    intervals.get(i),
                    EmpiricalBernstein.interval(sums, horizon, options.alpha()),
                    "",
                    null));
        }
        return estimates;
    }

    private static Contributions weights(List<Trajectory> sessions, int units, int horizon) {
        var weights = new Contributions(units);
        for (Trajectory session : sessions) {
            double weight = weight(session, horizon);
            weights.add(session.unit(), weight, weight, 1, 0, weight);
        }
        return weights;
    }

    private static @Nullable String refusal(Contributions weights) {
        return Support.of(weights.numerators(), weights.counts()).refusal(weights.effectiveSampleSize());
    }

    /** A text with the longest horizon that the log supports; empty if there is none. */
    private static String suggestHorizon(List<Trajectory> sessions, int units, int horizon) {
        for (int shorter = horizon - 1; shorter >= 1; shorter--) {
            if (refusal(weights(sessions, units, shorter)) == null) {
                return "; the log supports --horizon " + shorter;
            }
        }
        return "";
    }

    /** The product of the weights of a session's decisions up to the horizon. */
    private static double weight(Trajectory session, int horizon) {
        double product = 1;
        for (int t = 0; t < length(session, horizon); t++) {
            product *= session.steps().get(t).weight();
        }
        return product;
    }

    private static int length(Trajectory session, int horizon) {
        return Math.min(horizon, session.steps().size());
    }

    private static void addImportanceSampling(Trajectory session, int horizon, Contributions sums) {
        double product = 1;
        double value = 0;
        double max = 0;
        for (int t = 0; t < length(session, horizon); t++) {
            Decision step = session.steps().get(t);
            product *= step.weight();
            value += product * step.reward();
            max += product;
        }
        sums.add(session.unit(), product, value, 1, 0, max);
    }

    private static void addDoublyRobust(
            Trajectory session, int horizon, Continuations continuations, Contributions sums) {
        double value = 0;
        for (int t = length(session, horizon) - 1; t >= 0; t--) {
            Decision step = session.steps().get(t);
            double after = continuations.after(session.unit(), t);
            value = step.targetModel() + after + step.weight() * (step.reward() + value - step.model() - after);
        }
        double product = 1;
        double min = 0;
        double max = 0;
        for (int t = 0; t < length(session, horizon); t++) {
            double maxRewards = horizon - t; // the largest sum of rewards from here on
            max += product * maxRewards;
            product *= session.steps().get(t).weight();
            max += product;
            min -= product * maxRewards;
        }
        sums.add(session.unit(), product, value, 1, min, max);
    }

    /** The predicted sums of rewards after decisions, for the doubly robust estimator. */
    @FunctionalInterface
    public interface Continuations {

        /** The mean sum of rewards after a decision, up to the horizon, in sessions of other units.
         *
         * @param unit the unit of the session; its own sessions are not used
         * @param step the decision's number in the session, from 0
         */
        double after(int unit, int step);
    }
}
