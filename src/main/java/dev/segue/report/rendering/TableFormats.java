package dev.segue.report.rendering;

import dev.segue.analysis.Effect;
import dev.segue.report.CappedEffect;
import dev.segue.report.Report;
import dev.segue.report.reading.ReadingOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures and rows of tables, rounded for reading. */
final class TableFormats {

    /** The columns of {@link #of(Effect, Report)}: the columns of the original table, in its order, and the corrected p-value. */
    static final List<String> COLUMNS = List.of(
            "metric", "arm", "effect", "upper", "lower", "control_mean", "treatment_mean", "significant", "p_adjusted");

    private TableFormats() {}

    /** @param report the report of the effect, which may withhold its verdict */
    static List<String> of(Effect effect, Report report) {
        return List.of(
                effect.metric().name(),
                effect.arm(),
                percent(effect.relative()),
                percent(effect.upper()),
                percent(effect.lower()),
                number(effect.controlMean()),
                number(effect.treatmentMean()),
                Boolean.toString(report.isSignificant(effect)),
                switch (report.verdict(effect)) {
                    case WITHHELD -> "withheld";
                    case UNTESTABLE -> "untestable";
                    default -> pValue(effect.adjustedPValue());
                });
    }

    /** The columns except the corrected p-value, the limit, and the number of listeners above it. */
    static List<String> of(CappedEffect capped, Report report) {
        List<String> cells = new ArrayList<>(of(capped.effect(), report).subList(0, 8));
        cells.add(number(capped.limit()));
        cells.add(String.format(Locale.ROOT, "%,d", capped.listeners()));
        return cells;
    }

    /** The heading of the effects with a limit. */
    static String capTitle(Report report) {
        Double cap = report.options().cap();
        return String.format(
                Locale.ROOT,
                "No listener counting more than the %s percentile of all arms together",
                cap == null
                        ? "100%"
                        : new BigDecimal(Double.toString(100 * cap))
                                        .setScale(4, RoundingMode.HALF_UP)
                                        .stripTrailingZeros()
                                        .toPlainString()
                                + "%");
    }

    /** A fraction as a signed percentage. */
    static String percent(double fraction) {
        if (Double.isNaN(fraction)) {
            return "undefined";
        }
        return Double.isInfinite(fraction) ? "unbounded" : String.format(Locale.ROOT, "%+.2f%%", 100 * fraction);
    }

    /** An unsigned percentage. */
    static String share(double fraction) {
        return !Double.isFinite(fraction) ? "unknown" : String.format(Locale.ROOT, "%.1f%%", 100 * fraction);
    }

    static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "unbounded";
    }

    /** The length of the listeners' window, such as "24 hours". */
    static String window(ReadingOptions reading) {
        long hours = reading.window().toHours();
        return hours == 1 ? "hour" : hours + " hours";
    }

    static String pValue(double p) {
        return String.format(Locale.ROOT, "%.2g", p);
    }

    /** Such as {@code p99}. */
    static String quantile(double probability) {
        return String.format(Locale.ROOT, "p%.0f", 100 * probability);
    }
}
