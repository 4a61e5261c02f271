package dev.segue.report;

import dev.segue.analysis.Effect;
import java.util.List;
import java.util.Locale;

/** Figures rounded for the eye. */
final class Cells {

    /** The columns of {@link #of(Effect)}: the original table's, in its order, and the corrected p-value. */
    static final List<String> COLUMNS = List.of(
            "metric", "arm", "effect", "upper", "lower", "control_mean", "treatment_mean", "significant", "p_adjusted");

    private Cells() {}

    static List<String> of(Effect effect) {
        return List.of(
                effect.metric().name(),
                effect.arm(),
                percent(effect.relative()),
                percent(effect.upper()),
                percent(effect.lower()),
                number(effect.controlMean()),
                number(effect.treatmentMean()),
                Boolean.toString(effect.significant()),
                Double.isNaN(effect.adjustedPValue()) ? "untestable" : pValue(effect.adjustedPValue()));
    }

    /** A fraction as a signed percentage. */
    static String percent(double fraction) {
        if (Double.isNaN(fraction)) {
            return "undefined";
        }
        return Double.isInfinite(fraction) ? "unbounded" : String.format(Locale.ROOT, "%+.2f%%", 100 * fraction);
    }

    /** A share without a sign. */
    static String share(double fraction) {
        return !Double.isFinite(fraction) ? "unknown" : String.format(Locale.ROOT, "%.1f%%", 100 * fraction);
    }

    static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "unbounded";
    }

    static String pValue(double p) {
        return String.format(Locale.ROOT, "%.2g", p);
    }

    /** Such as {@code p99}. */
    static String quantile(double probability) {
        return String.format(Locale.ROOT, "p%.0f", 100 * probability);
    }
}
