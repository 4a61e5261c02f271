package dev.segue.report;

import dev.segue.analysis.IntervalMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a report.
 *
 * @param primary name of the metric that decides
 * @param interval how the intervals of relative effects are made
 * @param alpha how often an interval may miss, between 0 and 1
 * @param weights the arms' configured weights, control first; null for equal ones
 */
public record ReportOptions(
        String primary,
        IntervalMethod interval,
        double alpha,
        @Nullable List<Double> weights) {

    /** Time a session decides, by Fieller's intervals, at 5%. */
    public static final ReportOptions DEFAULT =
            new ReportOptions("mean_time_per_session", IntervalMethod.FIELLER, 0.05, null);
}
