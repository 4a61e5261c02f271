package dev.segue.analysis;

import java.util.Objects;

/**
 * Something that is measured for each arm.
 *
 * @param name as reports print it, such as {@code mean_time_per_session}; not empty
 * @param direction which way it improves
 * @param kind how it is made from the listeners
 */
public record Metric(String name, Direction direction, Kind kind) {

    public Metric {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(kind, "kind");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a metric's name is empty");
        }
    }

    /** How an arm's figure is made from its listeners. */
    public enum Kind {
        /** The mean of the listeners' values, each listener counting once: {@link Sample#of}. */
        MEAN,
        /** A sum over all listeners divided by another, each listener counting by its share: {@link ListenerRatios}. */
        RATIO,
        /** A quantile of all observations of all listeners: {@link ListenerValues}. */
        QUANTILE
    }
}
