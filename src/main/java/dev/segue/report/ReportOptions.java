package dev.segue.report;

import dev.segue.analysis.Direction;
import dev.segue.analysis.IntervalMethod;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a report.
 *
 * @param primary the name of the primary metric
 * @param interval the method of the relative intervals
 * @param alpha the significance level, between 0 and 1
 * @param control the control arm; null for the arm named C, or else the first arm, in the order of the names' lengths
 * @param weights arm → configured weight, for all arms; empty for equal weights of the arms in the log
 * @param guardrails metric → tolerated deterioration, as a fraction of control's mean
 * @param plannedListeners the number of listeners at which the always-valid intervals are tightest; choose it before the data
 *     are seen
 * @param cap the share of listeners of all arms at whose value sums are winsorized, such as 0.999; null for no limit
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

    /** The approximate number of listeners that find a lift of 5% in time per session. */
    private static final long PLANNED_LISTENERS = 2_000;

    /** The primary metric is the time per session; intervals are Fieller's, alpha is 5%, and there are no guardrails. */
    public static final ReportOptions DEFAULT =
            new ReportOptions("mean_time_per_session", IntervalMethod.FIELLER, 0.05, Map.of());

    public ReportOptions {
        weights = Map.copyOf(weights);
        guardrails = Map.copyOf(guardrails);
    }

    /** Options without a limit for single listeners. */
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

    /** Options without guardrails. */
    public ReportOptions(String primary, IntervalMethod interval, double alpha, Map<String, Double> weights) {
        this(primary, interval, alpha, null, weights, Map.of(), PLANNED_LISTENERS);
    }

    /** The names of all metrics, in the order of reports. */
    public static List<String> metricNames() {
        return ListenerMetric.ALL.stream().map(metric -> metric.metric().name()).toList();
    }

    /**
     * Checks the options before a log is read.
     *
     * @throws ReportException if a metric is unknown, or a number is out of range
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
