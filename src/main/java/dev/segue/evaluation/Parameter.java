package dev.segue.evaluation;

import dev.segue.random.KeyedRandom;

/**
 * A numeric parameter of a recommender.
 *
 * @param name the name
 * @param defaultValue the value if none is given
 * @param min the smallest value of a search; only 0 may be smaller
 * @param max the largest value of a search
 * @param scale the distribution of a search's values
 */
public record Parameter(String name, double defaultValue, double min, double max, Scale scale) {

    /** The distribution of random values. */
    public enum Scale {
        /** Uniform. */
        LINEAR,
        /** Log-uniform. */
        LOG,
        /** 0 with probability 1/3, otherwise log-uniform. */
        ZERO_OR_LOG,
        /** Log-uniform, rounded to an integer. */
        LOG_INTEGER,
        /** Always the default value. */
        FIXED
    }

    private static final double ZERO_SHARE = 1.0 / 3;

    double draw(KeyedRandom random) {
        double first = random.nextDouble();
        double second = random.nextDouble();
        return switch (scale) {
            case FIXED -> defaultValue;
            case LINEAR -> min + (max - min) * second;
            case LOG -> log(second);
            case ZERO_OR_LOG -> first < ZERO_SHARE ? 0 : log(second);
            case LOG_INTEGER -> Math.rint(log(second));
        };
    }

    private double log(double share) {
        return StrictMath.exp(StrictMath.log(min) + share * (StrictMath.log(max) - StrictMath.log(min)));
    }

    boolean isInteger() {
        return scale == Scale.LOG_INTEGER;
    }
}
