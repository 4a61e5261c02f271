package dev.segue.report;

import dev.segue.analysis.IntervalMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a report.
 *
 * @param primary name of the metric that decides
 * @param interval how the intervals of relative effects are made
 * @param alpha how often an interval may miss, between 0 and 1
 * @param weights the arms' configured weights, control first; null for equal ones
 * @param guardrails metric → how much worse a treatment may be, as a fraction of control's mean
 * @param plannedListeners at how many listeners the always-valid intervals are tightest; to be chosen before the data are
 *     seen
 */
public record ReportOptions(
        String primary,
        IntervalMethod interval,
        double alpha,
        @Nullable List<Double> weights,
        Map<String, Double> guardrails,
        long plannedListeners) {

    /** As many listeners as find a lift of 5% of time per session, about. */
    private static final long PLANNED_LISTENERS = 2_000;

    /** Time a session decides, by Fieller's intervals, at 5%; without guardrails. */
    public static final ReportOptions DEFAULT =
            new ReportOptions("mean_time_per_session", IntervalMethod.FIELLER, 0.05, null);

    public ReportOptions {
        guardrails = Map.copyOf(guardrails);
    }

    /** Without guardrails. */
    public ReportOptions(String primary, IntervalMethod interval, double alpha, @Nullable List<Double> weights) {
        this(primary, interval, alpha, weights, Map.of(), PLANNED_LISTENERS);
    }
}
