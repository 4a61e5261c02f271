package dev.segue.offpolicy;

import dev.segue.analysis.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates of the sum of a session's first rewards: what a session would be worth if the target policy chose its first H tracks. A
 * session that ends earlier has no rewards after its end.
 *
 * <p>Per-decision importance sampling (Precup, Sutton and Singh 2000) weighs a reward by the weights of the decisions up to it: Σ_t
 * w_1⋯w_t·r_t. The doubly robust estimator (Jiang and Li 2016) goes back from the last decision: V_t = v_t + w_t·(r_t + V_{t+1} − q_t).
 * Its q_t and v_t are the model's reward of the decision, and the mean sum of the rewards that logged sessions had after it; any values
 * leave it unbiased. Weights grow exponentially with H, so that the horizon must be short unless policies are alike.
 */
public final class SessionEstimates {

    /** Per-decision importance sampling. */
    public static final String IPS = "per-decision IPS";

    /** The doubly robust estimator for sequences. */
    public static final String DR = "per-decision DR";

    private SessionEstimates() {}

    /**
     * Both estimates.
     *
     * @param sessions at least one
     * @param units how many listeners there are
     * @param continuations the mean sum of rewards after the decisions of a session, from its first on
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
        double effective = weights.effectiveSampleSize();
        @Nullable String refusal = refusal(weights);
        if (refusal != null) {
            String reason = refusal + shorter(sessions, units, horizon);
            return List.of(Estimate.refused(IPS, effective, reason), Estimate.refused(DR, effective, reason));
        }
        List<Interval> intervals = Bootstrap.intervals(List.of(ips, dr), options.alpha(), options.seed());
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i++) {
            Contributions sums = i == 0 ? ips : dr;
            estimates.add(new Estimate(
                    i == 0 ? IPS : DR,
                    sums.value(),
                    effective,
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

    /** Names the longest horizon that the log has enough for; nothing if there is none. */
    private static String shorter(List<Trajectory> sessions, int units, int horizon) {
        for (int shorter = horizon - 1; shorter >= 1; shorter--) {
            if (refusal(weights(sessions, units, shorter)) == null) {
                return "; the log is enough for --horizon " + shorter;
            }
        }
        return "";
    }

    /** The product of a session's weights; decisions after its end have none. */
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
        double most = 0;
        for (int t = 0; t < length(session, horizon); t++) {
            Decision step = session.steps().get(t);
            product *= step.weight();
            value += product * step.reward();
            most += product;
        }
        sums.add(session.unit(), product, value, 1, 0, most);
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
        double least = 0;
        double most = 0;
        for (int t = 0; t < length(session, horizon); t++) {
            double left = horizon - t; // the largest sum of rewards from here on
            most += product * left;
            product *= session.steps().get(t).weight();
            most += product;
            least -= product * left;
        }
        sums.add(session.unit(), product, value, 1, least, most);
    }

    /** The values that a doubly robust estimate expects after decisions. */
    @FunctionalInterface
    public interface Continuations {

        /**
         * The mean sum of the rewards after a decision, up to the horizon, in sessions of other units.
         *
         * @param unit whose session it is; its own sessions do not count
         * @param step the decision's number in the session, from 0
         */
        double after(int unit, int step);
    }
}
