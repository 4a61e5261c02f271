package dev.segue.health;

import dev.segue.analysis.Interval;
import java.util.Locale;

/** Formats figures for text. */
final class Format {

    private static final double PERCENT = 100;

    private Format() {}

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A share of 0 to 1 as a percentage; a dash for NaN. */
    static String share(double share) {
        return Double.isNaN(share) ? "-" : text("%.1f%%", PERCENT * share);
    }

    /** A relative change with its sign. */
    static String change(double change) {
        return text("%+.1f%%", PERCENT * change);
    }

    /** An interval of relative changes. */
    static String changes(Interval interval) {
        return "[" + change(interval.lower()) + ", " + change(interval.upper()) + "]";
    }
}
