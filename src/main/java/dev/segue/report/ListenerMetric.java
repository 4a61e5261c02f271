package dev.segue.report;

import dev.segue.analysis.Direction;
import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Metric;
import dev.segue.analysis.Sample;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a report tells of the listeners: the mean of a value that each has, or the ratio of two sums over them.
 *
 * @param metric what it is
 * @param numerator a listener's part of the numerator; for a mean, of the value
 * @param denominator a listener's part of the denominator; for a mean, of the value
 * @param needsCatalog whether it takes a catalog that knows the artists
 */
record ListenerMetric(
        Metric metric,
        ToDoubleFunction<SessionTotals> numerator,
        ToDoubleFunction<SessionTotals> denominator,
        boolean needsCatalog) {

    /** All of them, in the order in which reports give them: the original table's five first. */
    static final List<ListenerMetric> ALL = List.of(
            mean("time", SessionTotals::time, totals -> 1),
            mean("sessions", SessionTotals::sessions, totals -> 1),
            new ListenerMetric(
                    new Metric("mean_request_latency", Direction.LOWER_IS_BETTER, Metric.Kind.MEAN),
                    SessionTotals::latencyMillis,
                    SessionTotals::requests,
                    false),
            mean("mean_tracks_per_session", SessionTotals::tracks, SessionTotals::sessions),
            mean("mean_time_per_session", SessionTotals::time, SessionTotals::sessions),
            mean("recommended_time", SessionTotals::recommendedTime, totals -> 1),
            mean("mean_recommended_tracks_per_session", SessionTotals::recommendedTracks, SessionTotals::sessions),
            mean("mean_recommended_time_per_session", SessionTotals::recommendedTime, SessionTotals::sessions),
            ratio("request_latency", Direction.LOWER_IS_BETTER, SessionTotals::latencyMillis, SessionTotals::requests),
            ratio("tracks_per_session", Direction.HIGHER_IS_BETTER, SessionTotals::tracks, SessionTotals::sessions),
            ratio("time_per_session", Direction.HIGHER_IS_BETTER, SessionTotals::time, SessionTotals::sessions),
            ratio("skip_rate", Direction.LOWER_IS_BETTER, SessionTotals::skips, SessionTotals::recommendedTracks),
            ratio("fallback_rate", Direction.LOWER_IS_BETTER, SessionTotals::fallbacks, SessionTotals::answers),
            new ListenerMetric(
                    new Metric("distinct_artists_per_session", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN),
                    SessionTotals::artists,
                    SessionTotals::sessions,
                    true));

    private static ListenerMetric mean(
            String name, ToDoubleFunction<SessionTotals> numerator, ToDoubleFunction<SessionTotals> denominator) {
        var metric = new Metric(name, Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);
        return new ListenerMetric(metric, numerator, denominator, false);
    }

    private static ListenerMetric ratio(
            String name,
            Direction direction,
            ToDoubleFunction<SessionTotals> numerator,
            ToDoubleFunction<SessionTotals> denominator) {
        return new ListenerMetric(new Metric(name, direction, Metric.Kind.RATIO), numerator, denominator, false);
    }

    /** What a log with or without a known catalog can tell. */
    static List<ListenerMetric> of(TrackFacts facts) {
        return ALL.stream()
                .filter(metric -> !metric.needsCatalog || facts.areKnown())
                .toList();
    }

    /**
     * The metric of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists what exists
     */
    static ListenerMetric named(String name, TrackFacts facts) {
        List<ListenerMetric> known = of(facts);
        return known.stream()
                .filter(metric -> metric.metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown metric \"" + name + "\"; there are: "
                        + known.stream().map(metric -> metric.metric.name()).collect(Collectors.joining(", "))));
    }

    /** Whether each listener has a value of its own. */
    boolean isMean() {
        return metric.kind() == Metric.Kind.MEAN;
    }

    /** A listener's value of a mean; NaN if it has none. */
    double value(SessionTotals totals) {
        return numerator.applyAsDouble(totals) / denominator.applyAsDouble(totals);
    }

    /**
     * An arm's listeners as a sample.
     *
     * @param span which of their totals
     * @return null for a ratio whose denominator is 0 for all of them: nothing can be said
     * @throws IllegalArgumentException if there are fewer than two listeners
     */
    @Nullable
    Sample sample(List<ExposedListener> listeners, Function<ExposedListener, SessionTotals> span) {
        if (isMean()) {
            return Sample.of(
                    listeners.stream().map(span).mapToDouble(this::value).toArray());
        }
        var ratios = new ListenerRatios();
        double all = 0;
        for (ExposedListener listener : listeners) {
            SessionTotals totals = span.apply(listener);
            ratios.add(numerator.applyAsDouble(totals), denominator.applyAsDouble(totals));
            all += denominator.applyAsDouble(totals);
        }
        return all == 0 ? null : ratios.ratioOfSums();
    }
}
