package dev.segue.event;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The position of a file in the order of a log's files, parsed from its name: Segue's rotations ({@code
 * data.json.000001}), those with a date (logrotate's {@code data.json-20261126}), those with a count (by Python's
 * RotatingFileHandler and logrotate; {@code data.json.1} is the newest), and the live file. Each may be compressed.
 *
 * @param live the name of the live file
 * @param style how the file was named when it was rotated
 * @param order its number or date, as digits
 */
record RotatedName(String live, Style style, String order) implements Comparable<RotatedName> {

    /** In chronological order if a folder has files of several styles. */
    private enum Style {
        DATED("[-._][0-9]{4}-?[0-9]{2}-?[0-9]{2}(?:[-_T.]?[0-9]{2}(?:[-:]?[0-9]{2}){0,2})?(?:-[0-9]{10})?", false),
        SEGUE("\\.[0-9]{6,18}", false),
        COUNTED("\\.[1-9][0-9]{0,4}", true),
        LIVE("", false);

        private final Pattern pattern;
        private final boolean isDescending;

        Style(String suffix, boolean isDescending) {
            pattern = Pattern.compile("(.+?)(" + suffix + ")(?:\\.(?:gz|zst))?");
            this.isDescending = isDescending;
        }
    }

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");

    /** Orders the files of a log from the oldest to the newest. */
    private static final Comparator<RotatedName> AGE = Comparator.comparing(RotatedName::style)
            .thenComparing((a, b) -> a.style.isDescending ? compareNumbers(b, a) : compareNumbers(a, b));

    static RotatedName of(String name) {
        for (Style style : List.of(Style.SEGUE, Style.DATED, Style.COUNTED)) {
            Matcher matcher = style.pattern.matcher(name);
            if (matcher.matches()) {
                return new RotatedName(
                        matcher.group(1),
                        style,
                        NO_DIGITS.matcher(matcher.group(2)).replaceAll(""));
            }
        }
        return new RotatedName(name, Style.LIVE, "");
    }

    /** Whether the file is a rotation of the live file of this name. */
    boolean isRotationOf(String name) {
        return style != Style.LIVE && live.equals(name);
    }

    /** Whether Segue rotated the file. */
    boolean isSegue() {
        return style == Style.SEGUE;
    }

    private static int compareNumbers(RotatedName a, RotatedName b) {
        return a.style == Style.SEGUE || a.style == Style.COUNTED
                ? Long.compare(Long.parseLong(a.order), Long.parseLong(b.order))
                : a.order.compareTo(b.order);
    }

    @Override
    public int compareTo(RotatedName other) {
        return AGE.compare(this, other);
    }
}
