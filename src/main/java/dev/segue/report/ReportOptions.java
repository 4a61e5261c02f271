package dev.segue.report;

import dev.segue.analysis.Direction;
import dev.segue.analysis.IntervalMethod;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a report.
 *
 * @param primary name of the metric that decides
 * @param interval how the intervals of relative effects are made
 * @param alpha how often an interval may miss, between 0 and 1
 * @param control control's arm; null for the one named C, or else the first, shorter names before longer ones
 * @param weights arm → configured weight, of all arms; empty for equal weights of those that are in the log
 * @param guardrails metric → how much worse a treatment may be, as a fraction of control's mean
 * @param plannedListeners at how many listeners the always-valid intervals are tightest; to be chosen before the data are
 *     seen
 * @param cap the share of all arms' listeners above whose value no listener's sum counts, such as 0.999; null for no limit
 */
public record ReportOptions(
        String primary,
        IntervalMethod interval,
        double alpha,
        @Nullable String control,
        Map<String, Double> weights,
        Map<String, Double> guardrails,
        long plannedListeners,
        @Nullable Double cap) {

    /** As many listeners as find a lift of 5% of time per session, about. */
    private static final long PLANNED_LISTENERS = 2_000;

    /** Time a session decides, by Fieller's intervals, at 5%; without guardrails. */
    public static final ReportOptions DEFAULT =
            new ReportOptions("mean_time_per_session", IntervalMethod.FIELLER, 0.05, Map.of());

    public ReportOptions {
        weights = Map.copyOf(weights);
        guardrails = Map.copyOf(guardrails);
    }

    /** Without a limit for single listeners. */
    public ReportOptions(
            String primary,
            IntervalMethod interval,
            double alpha,
            @Nullable String control,
            Map<String, Double> weights,
            Map<String, Double> guardrails,
            long plannedListeners) {
        this(primary, interval, alpha, control, weights, guardrails, plannedListeners, null);
    }

    /** Without guardrails. */
    public ReportOptions(String primary, IntervalMethod interval, double alpha, Map<String, Double> weights) {
        this(primary, interval, alpha, null, weights, Map.of(), PLANNED_LISTENERS);
    }

    /**
     * Looks whether they can be met, before a log is read for long.
     *
     * @throws ReportException if a metric is not known, or a number is not in its range
     */
    public void check(TrackFacts facts) {
        try {
            ListenerMetric.named(primary, facts);
            guardrails.keySet().forEach(metric -> ListenerMetric.named(metric, facts));
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new ReportException("alpha " + alpha + " is not between 0 and 1");
        }
        if (plannedListeners < 1) {
            throw new ReportException(plannedListeners + " planned listeners are none; give 1 or more");
        }
        if (cap != null && !(cap > 0 && cap < 1)) {
            throw new ReportException("cap " + 100 * cap
                    + "% is not between 0 and 100%; give a share of the listeners such" + " as 99.9%");
        }
        weights.forEach((arm, weight) -> {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new ReportException("weight " + weight + " of arm " + arm + " is not above 0");
            }
        });
        guardrails.forEach((metric, margin) -> {
            if (!(margin > 0 && margin < Double.POSITIVE_INFINITY)) {
                throw new ReportException("margin " + 100 * margin + "% of guardrail " + metric + " is not above 0");
            }
            if (margin >= 1 && ListenerMetric.named(metric, facts).metric().direction() == Direction.HIGHER_IS_BETTER) {
                throw new ReportException("margin " + 100 * margin + "% of guardrail " + metric
                        + " lets it fall to nothing; give less than 100");
            }
        });
    }
}
