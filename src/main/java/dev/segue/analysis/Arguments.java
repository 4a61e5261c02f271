package dev.segue.analysis;

/** Checks numeric arguments. */
final class Arguments {

    private Arguments() {}

    /** Returns the value if it is between 0 and 1, excluding both. */
    static double requireOpenShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " is no number between 0 and 1");
        }
        return value;
    }

    /** Returns the value if it is finite. */
    static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is no finite number");
        }
        return value;
    }

    /** Returns the value if it is finite and above 0. */
    static double requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " is no finite number above 0");
        }
        return value;
    }
}
