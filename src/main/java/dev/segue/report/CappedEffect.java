package dev.segue.report;

import dev.segue.analysis.Effect;
import dev.segue.analysis.Sample;
import dev.segue.report.reading.ExposedListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An effect on a sum that is winsorized at a percentile of the listeners of all arms together, so that the limit does not
 * depend on the arm.
 *
 * @param effect the effect
 * @param limit the value at the percentile
 * @param listeners the number of listeners above the limit
 */
public record CappedEffect(Effect effect, double limit, long listeners) {

    /** Computes the effects of all treatments on all sums. */
    static List<CappedEffect> of(
            double share,
            List<ListenerMetric> metrics,
            List<String> arms,
            List<List<ExposedListener>> listeners,
            ReportOptions options) {
        List<CappedEffect> effects = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            for (ListenerMetric metric : metrics) {
                if (!metric.isSum()) {
                    continue;
                }
                double[] values =
                        metric.values(listeners.stream().flatMap(List::stream).toList());
                Arrays.sort(values);
                double limit = values[(int) Math.ceil(share * values.length) - 1];
                Sample control = metric.sample(listeners.get(0), limit);
                Sample treatment = metric.sample(listeners.get(arm), limit);
                if (control != null && treatment != null) {
                    effects.add(new CappedEffect(
                            Effect.of(
                                    metric.metric(),
                                    arms.get(arm),
                                    control,
                                    treatment,
                                    options.interval(),
                                    options.alpha()),
                            limit,
                            Arrays.stream(values).filter(value -> value > limit).count()));
                }
            }
        }
        return effects;
    }
}
