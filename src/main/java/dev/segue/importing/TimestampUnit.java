package dev.segue.importing;

/** The unit of numeric timestamps, counted from 1970. The plausible ranges of the units, 1990 to 2100, do not overlap. */
public enum TimestampUnit {
    SECONDS(1e3),
    MILLISECONDS(1),
    MICROSECONDS(1e-3),
    NANOSECONDS(1e-6);

    /** 1990-01-01 in ms. */
    static final long EARLIEST_MILLIS = 631_152_000_000L;

    /** 2100-01-01 in ms. */
    static final long LATEST_MILLIS = 4_102_444_800_000L;

    private final double millis;

    TimestampUnit(double millis) {
        this.millis = millis;
    }

    /** Converts a number to ms, rounded. */
    long toMillis(double number) {
        return Math.round(number * millis);
    }

    /** Whether a time in ms is from 1990 to 2099. */
    static boolean isPlausible(long millis) {
        return millis >= EARLIEST_MILLIS && millis < LATEST_MILLIS;
    }
}
