package dev.segue.evaluation;

import dev.segue.random.KeyedRandom;

/**
 * A number that a recommender can be tuned by.
 *
 * @param name the name
 * @param standard the value if none is given
 * @param low the least value that a search tries
 * @param high the largest value that a search tries
 * @param scale how a search draws a value between them
 */
public record Parameter(String name, double standard, double low, double high, Scale scale) {

    /** How values are drawn. */
    public enum Scale {
        /** Each value is equally likely. */
        LINEAR,
        /** Each order of magnitude is equally likely. */
        LOG,
        /** 0 in every third trial, else as {@link #LOG}. */
        ZERO_OR_LOG,
        /** Whole numbers, of which each order of magnitude is equally likely. */
        LOG_INTEGER,
        /** A number that a search leaves at its standard value. */
        FIXED
    }

    private static final double ZERO_SHARE = 1.0 / 3;

    double draw(KeyedRandom random) {
        double first = random.nextDouble();
        double second = random.nextDouble();
        return switch (scale) {
            case FIXED -> standard;
            case LINEAR -> low + (high - low) * second;
            case LOG -> log(second);
            case ZERO_OR_LOG -> first < ZERO_SHARE ? 0 : log(second);
            case LOG_INTEGER -> Math.rint(log(second));
        };
    }

    private double log(double share) {
        return StrictMath.exp(StrictMath.log(low) + share * (StrictMath.log(high) - StrictMath.log(low)));
    }

    boolean isInteger() {
        return scale == Scale.LOG_INTEGER;
    }
}
