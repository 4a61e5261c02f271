package dev.segue.analysis;

/** Checks of numbers that come from outside. */
final class Arguments {

    private Arguments() {}

    /** The value, if it is a probability other than 0 and 1. */
    static double requireOpenShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " is no number between 0 and 1");
        }
        return value;
    }

    /** The value, if it is a number and not infinite. */
    static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is no finite number");
        }
        return value;
    }

    /** The value, if it is a finite number above 0. */
    static double requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " is no finite number above 0");
        }
        return value;
    }
}
