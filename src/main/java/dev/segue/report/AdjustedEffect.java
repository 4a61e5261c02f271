package dev.segue.report;

import dev.segue.analysis.CovariateArm;
import dev.segue.analysis.Cuped;
import dev.segue.analysis.Effect;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.SessionTotals;
import java.util.ArrayList;
import java.util.List;

/**
 * An effect on the primary metric, adjusted for the listeners' behaviour before the experiment (CUPED).
 *
 * @param effect the adjusted effect
 * @param varianceReduction the relative reduction of the variance of the difference
 * @param newListeners the share of listeners without a value from before the experiment
 */
public record AdjustedEffect(Effect effect, double varianceReduction, double newListeners) {

    /**
     * Computes the effect of each treatment. The list is empty if no listener has a value from before, or if the metric is a
     * ratio.
     */
    static List<AdjustedEffect> of(
            ListenerMetric metric, List<String> arms, List<List<ExposedListener>> listeners, ReportOptions options) {
        boolean anyBefore = listeners.stream().flatMap(List::stream).anyMatch(listener -> listener.before() != null);
        if (!anyBefore || !metric.isMean()) {
            return List.of();
        }
        List<CovariateArm> covariates =
                listeners.stream().map(arm -> covariates(metric, arm)).toList();
        Cuped cuped = Cuped.fit(covariates);
        CovariateArm control = covariates.get(0);
        List<AdjustedEffect> effects = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            CovariateArm treatment = covariates.get(arm);
            Effect effect = Effect.of(
                    metric.metric(),
                    arms.get(arm),
                    cuped.adjusted(control),
                    cuped.adjusted(treatment),
                    options.interval(),
                    options.alpha());
            effects.add(new AdjustedEffect(effect, cuped.varianceReduction(control, treatment), cuped.newShare()));
        }
        return effects;
    }

    private static CovariateArm covariates(ListenerMetric metric, List<ExposedListener> listeners) {
        var arm = new CovariateArm();
        for (ExposedListener listener : listeners) {
            SessionTotals before = listener.before();
            double value = metric.value(listener.totals());
            if (Double.isNaN(value)) {
                continue; // no session has ended
            }
            if (before == null || Double.isNaN(metric.value(before))) {
                arm.addNew(value);
            } else {
                arm.add(value, metric.value(before));
            }
        }
        return arm;
    }
}
