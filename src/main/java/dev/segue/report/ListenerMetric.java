package dev.segue.report;

import dev.segue.analysis.Direction;
import dev.segue.analysis.Metric;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Something that a report tells of each listener.
 *
 * @param metric what it is
 * @param value a listener's value; defined for those with a session
 */
record ListenerMetric(Metric metric, ToDoubleFunction<ListenerTotals> value) {

    /** All of them, in the order in which reports give them. */
    static final List<ListenerMetric> ALL = List.of(
            mean("time", Direction.HIGHER_IS_BETTER, ListenerTotals::time),
            mean("sessions", Direction.HIGHER_IS_BETTER, ListenerTotals::sessions),
            mean("mean_request_latency", Direction.LOWER_IS_BETTER, ListenerTotals::meanLatency),
            mean("mean_tracks_per_session", Direction.HIGHER_IS_BETTER, ListenerTotals::tracksPerSession),
            mean("mean_time_per_session", Direction.HIGHER_IS_BETTER, ListenerTotals::timePerSession));

    private static ListenerMetric mean(String name, Direction direction, ToDoubleFunction<ListenerTotals> value) {
        return new ListenerMetric(new Metric(name, direction, Metric.Kind.MEAN), value);
    }

    /**
     * The metric of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists what exists
     */
    static ListenerMetric named(String name) {
        return ALL.stream()
                .filter(metric -> metric.metric().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown metric \"" + name + "\"; there are: "
                        + ALL.stream().map(metric -> metric.metric().name()).collect(Collectors.joining(", "))));
    }
}
