package dev.segue.importing;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads played times and durations: numbers, {@code 3:45}, {@code 1:03:45}, and ISO 8601 such as {@code PT3M45S}. */
final class Durations {

    /** The result for text that is not a duration from 0 to 24 hours. */
    static final int INVALID = -2;

    /** Stands for a duration that is not known. */
    static final int UNKNOWN = -1;

    private static final double MAX_MILLIS = 86_400_000;
    private static final Pattern CLOCK = Pattern.compile("(?:(\\d{1,2}):)?(\\d{1,3}):(\\d{2}(?:\\.\\d+)?)");

    private Durations() {}

    /** The duration in ms, rounded; {@link #INVALID} if the text is not a duration from 0 to 24 hours. */
    static int parse(String text, DurationUnit unit) {
        double millis = millis(text, unit);
        return millis >= 0 && millis <= MAX_MILLIS ? (int) Math.round(millis) : INVALID;
    }

    private static double millis(String text, DurationUnit unit) {
        double number = Numbers.parse(text);
        if (!Double.isNaN(number)) {
            return number * unit.millis();
        }
        var clock = CLOCK.matcher(text);
        if (clock.matches()) {
            double hours = clock.group(1) == null ? 0 : Integer.parseInt(clock.group(1));
            return ((hours * 60 + Integer.parseInt(clock.group(2))) * 60 + Double.parseDouble(clock.group(3))) * 1000;
        }
        try {
            return text.startsWith("P") ? Duration.parse(text).toMillis() : Double.NaN;
        } catch (DateTimeException | ArithmeticException e) {
            return Double.NaN;
        }
    }
}
