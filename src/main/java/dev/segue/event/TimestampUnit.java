package dev.segue.event;

import java.util.Locale;

/** The unit of timestamps since 1970. */
public enum TimestampUnit {
    SECONDS(1e3, 1_000_000_000L, 10_000_000_000L),
    MILLISECONDS(1, 0, 0),
    MICROSECONDS(1e-3, 1_000_000_000_000_000L, 10_000_000_000_000_000L),
    NANOSECONDS(1e-6, 1_000_000_000_000_000_000L, Long.MAX_VALUE);

    /** The year 5138, from which milliseconds have one digit more than today. */
    private static final double MAX_MILLIS = 1e14;

    private final double millisPerUnit;
    private final long min;
    private final long max;

    TimestampUnit(double millisPerUnit, long min, long max) {
        this.millisPerUnit = millisPerUnit;
        this.min = min;
        this.max = max;
    }

    /**
     * Checks that a timestamp is in milliseconds. Timestamps of this century have 10 digits in seconds, 13 in
     * milliseconds, 16 in microseconds and 19 in nanoseconds. Smaller numbers are accepted, since the clock of a
     * simulation may start at 0.
     *
     * @throws IllegalArgumentException if it looks like another unit
     */
    static void checkMillis(long timestamp) {
        if (timestamp < SECONDS.min || (timestamp >= SECONDS.max && timestamp < MICROSECONDS.min)) {
            return;
        }
        for (TimestampUnit unit : values()) {
            if (timestamp >= unit.min && timestamp < unit.max) {
                throw new IllegalArgumentException("\"timestamp\" " + timestamp + " looks like " + unit.label()
                        + "; write milliseconds since 1970, or read the log with --timestamps " + unit.label());
            }
        }
    }

    /**
     * Converts a timestamp in this unit, which may have a fraction, to milliseconds since 1970.
     *
     * @throws IllegalArgumentException if it is negative or too large for this unit
     */
    long toMillis(double timestamp) {
        double inMillis = timestamp * millisPerUnit;
        if (!(inMillis >= 0 && inMillis < MAX_MILLIS)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "\"timestamp\" %.0f is not a time in %s", timestamp, label()));
        }
        return Math.round(inMillis);
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
