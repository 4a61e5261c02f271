package dev.segue.report;

import dev.segue.analysis.SelfTest;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.ReportException;
import java.util.List;

/** Tests the test: repeated random splits of an experiment's listeners, between which no effect exists. */
public final class SplitSelfTest {

    private SplitSelfTest() {}

    /**
     * Splits the listeners repeatedly and compares the halves on the primary metric.
     *
     * @param assignment the rule by which experiments assign listeners
     * @param runs the number of splits, ≥ 1
     * @throws ReportException if the metric is unknown, or its values do not suffice for a test
     */
    public static SelfTest run(ExperimentData data, ReportOptions options, SelfTest.Assignment assignment, int runs) {
        try {
            ListenerMetric metric =
                    ListenerMetric.named(options.primary(), data.options().facts());
            if (!metric.isMean()) {
                throw new IllegalArgumentException("the self-test splits listeners with a value each, and "
                        + options.primary() + " is a ratio of sums; name a mean with --primary");
            }
            List<ExposedListener> counted = data.listeners().stream()
                    .filter(listener -> Double.isFinite(metric.value(listener.totals()))
                            && (listener.hasFinished() || !data.options().rule().onlyLast()))
                    .toList();
            return SelfTest.run(
                    counted.stream().map(ExposedListener::listener).toList(),
                    counted.stream()
                            .mapToDouble(listener -> metric.value(listener.totals()))
                            .toArray(),
                    assignment,
                    runs,
                    options.alpha());
        } catch (IllegalArgumentException e) {
            throw new ReportException(String.valueOf(e.getMessage()));
        }
    }
}
