package dev.segue.report;

import dev.segue.report.reading.TrackFacts;

import dev.segue.report.reading.SessionTotals;

import dev.segue.report.reading.ExposedListener;

import dev.segue.analysis.Direction;
import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Metric;
import dev.segue.analysis.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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

    /** Whether a listener finished a session: its mean is the share of those who did. */
    static final String COMPLETION = "completion";

    /** The metrics that a listener without a finished session has as well, with the value 0. */
    private static final Set<String> OF_EVERYONE = Set.of("time", "sessions", COMPLETION, "recommended_time");

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
            mean(COMPLETION, totals -> Math.min(1, totals.sessions()), totals -> 1),
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

    /** The metrics that a log with or without a known catalog can tell. */
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

    /** Whether listeners without a finished session count, as 0; else the metric is of those who have one. */
    boolean isOfEveryone() {
        return OF_EVERYONE.contains(metric.name());
    }

    /** Whether it is a listener's sum, which one listener may dominate. */
    boolean isSum() {
        return isOfEveryone() && !isCompletion();
    }

    boolean isCompletion() {
        return metric.name().equals(COMPLETION);
    }

    /** A listener's value of a mean; NaN if it has none. */
    double value(SessionTotals totals) {
        return numerator.applyAsDouble(totals) / denominator.applyAsDouble(totals);
    }

    /** The values of those listeners that have one, of a mean. */
    double[] values(List<ExposedListener> listeners) {
        return listeners.stream()
                .mapToDouble(listener -> value(listener.totals()))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /**
     * An arm's listeners as a sample.
     *
     * @return null if fewer than two listeners have a value, or a ratio's denominator is 0 for all of them: nothing can be
     *     reported
     */
    @Nullable
    Sample sample(List<ExposedListener> listeners) {
        if (isMean()) {
            double[] values = values(listeners);
            return values.length < 2 ? null : Sample.of(values);
        }
        var ratios = new ListenerRatios();
        double all = 0;
        for (ExposedListener listener : listeners) {
            double part = denominator.applyAsDouble(listener.totals());
            ratios.add(numerator.applyAsDouble(listener.totals()), part);
            all += part;
        }
        return all == 0 || listeners.size() < 2 ? null : ratios.ratioOfSums();
    }

    /** The sample of an arm's listeners none of whose values is above a limit; of a mean. */
    @Nullable
    Sample sample(List<ExposedListener> listeners, double limit) {
        double[] values = Arrays.stream(values(listeners))
                .map(value -> Math.min(value, limit))
                .toArray();
        return values.length < 2 ? null : Sample.of(values);
    }
}
