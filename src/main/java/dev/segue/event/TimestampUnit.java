package dev.segue.event;

import java.util.Locale;

/** The unit of timestamps since 1970. */
public enum TimestampUnit {
    SECONDS(1e3, 1_000_000_000L, 10_000_000_000L),
    MILLISECONDS(1, 0, 0),
    MICROSECONDS(1e-3, 1_000_000_000_000_000L, 10_000_000_000_000_000L),
    NANOSECONDS(1e-6, 1_000_000_000_000_000_000L, Long.MAX_VALUE);

    /** The year 5138, when the milliseconds have one digit more than those of this century. */
    private static final double LARGEST_MILLIS = 1e14;

    private final double millis;
    private final long lowest;
    private final long highest;

    TimestampUnit(double millis, long lowest, long highest) {
        this.millis = millis;
        this.lowest = lowest;
        this.highest = highest;
    }

    /**
     * Checks that a timestamp is in milliseconds. The times of this century have 10 digits in seconds, 13 in milliseconds, 16
     * in microseconds and 19 in nanoseconds; smaller numbers are left alone, as the clock of a simulation may begin at 0.
     *
     * @throws IllegalArgumentException if it looks like another unit
     */
    static void checkMillis(long timestamp) {
        if (timestamp < SECONDS.lowest || (timestamp >= SECONDS.highest && timestamp < MICROSECONDS.lowest)) {
            return;
        }
        for (TimestampUnit unit : values()) {
            if (timestamp >= unit.lowest && timestamp < unit.highest) {
                throw new IllegalArgumentException("\"timestamp\" " + timestamp + " looks like " + unit.label()
                        + "; write milliseconds since 1970, or read the log with --timestamps " + unit.label());
            }
        }
    }

    /**
     * The milliseconds since 1970 of a timestamp in this unit, which may have a fraction.
     *
     * @throws IllegalArgumentException if it is negative, or too large to be in this unit
     */
    long toMillis(double timestamp) {
        double inMillis = timestamp * millis;
        if (!(inMillis >= 0 && inMillis < LARGEST_MILLIS)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "\"timestamp\" %.0f is no time in %s", timestamp, label()));
        }
        return Math.round(inMillis);
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
