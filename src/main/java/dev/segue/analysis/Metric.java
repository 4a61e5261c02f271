package dev.segue.analysis;

import java.util.Objects;

/**
 * A quantity that is measured for each arm.
 *
 * @param name the name in reports, such as {@code mean_time_per_session}; not empty
 * @param direction the direction of improvement
 * @param kind how it is aggregated over the listeners
 */
public record Metric(String name, Direction direction, Kind kind) {

    public Metric {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(kind, "kind");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a metric's name is empty");
        }
    }

    /** How the figure of an arm is aggregated over its listeners. */
    public enum Kind {
        /** The mean of the listeners' values: {@link Sample#of}. */
        MEAN,
        /** The ratio of two sums over all listeners: {@link ListenerRatios}. */
        RATIO,
        /** A quantile of all observations of all listeners: {@link ListenerValues}. */
        QUANTILE
    }
}
