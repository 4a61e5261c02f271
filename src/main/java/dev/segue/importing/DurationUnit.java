package dev.segue.importing;

/** The unit of played times and durations that are numbers. */
public enum DurationUnit {
    MILLISECONDS("ms", 1),
    SECONDS("s", 1000);

    private final String symbol;
    private final int millis;

    DurationUnit(String symbol, int millis) {
        this.symbol = symbol;
        this.millis = millis;
    }

    /** The symbol, {@code ms} or {@code s}. */
    public String symbol() {
        return symbol;
    }

    /** The length of the unit in ms. */
    int millis() {
        return millis;
    }
}
