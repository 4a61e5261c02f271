package dev.segue.report;

import dev.segue.analysis.Direction;
import dev.segue.analysis.ListenerRatios;
import dev.segue.analysis.Metric;
import dev.segue.analysis.Sample;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.SessionTotals;
import dev.segue.report.reading.SessionTotals.Sum;
import dev.segue.report.reading.TrackFacts;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a report: the mean of a value that each listener has, or the ratio of two sums over the listeners.
 *
 * <p>{@link #ALL} defines the metrics. Tests, intervals and all formats of the report follow from this table.
 *
 * @param metric name, direction and kind
 * @param numerator the numerator of a listener's value, or the listener's part of a ratio's numerator
 * @param denominator the denominator of a listener's value, or the listener's part of a ratio's denominator
 * @param scope the listeners and logs that have the metric
 */
record ListenerMetric(
        Metric metric,
        ToDoubleFunction<SessionTotals> numerator,
        ToDoubleFunction<SessionTotals> denominator,
        Scope scope) {

    /** The listeners and logs that have a metric. */
    enum Scope {
        /** All exposed listeners. A listener without a finished session has the value 0. */
        EVERYONE,
        /** The listeners with a finished session. */
        FINISHED,
        /** The listeners with a finished session, if a catalog with the artists is given. */
        WITH_CATALOG
    }

    /** Whether a listener finished a session. Its mean is the share of listeners who did. */
    static final String COMPLETION = "completion";

    private static final Direction HIGHER = Direction.HIGHER_IS_BETTER;
    private static final Direction LOWER = Direction.LOWER_IS_BETTER;

    /** All metrics, in the order of reports. The five metrics of the original table come first. */
    static final List<ListenerMetric> ALL = List.of(
            sum("time", SessionTotals::time),
            sum("sessions", sum(Sum.SESSIONS)),
            mean("mean_request_latency", LOWER, SessionTotals::latencyMillis, sum(Sum.REQUESTS)),
            mean("mean_tracks_per_session", HIGHER, sum(Sum.TRACKS), sum(Sum.SESSIONS)),
            mean("mean_time_per_session", HIGHER, SessionTotals::time, sum(Sum.SESSIONS)),
            sum(COMPLETION, totals -> Math.min(1, totals.sessions())),
            sum("recommended_time", SessionTotals::recommendedTime),
            mean("mean_recommended_tracks_per_session", HIGHER, SessionTotals::recommendedTracks, sum(Sum.SESSIONS)),
            mean("mean_recommended_time_per_session", HIGHER, SessionTotals::recommendedTime, sum(Sum.SESSIONS)),
            ratio("request_latency", LOWER, SessionTotals::latencyMillis, sum(Sum.REQUESTS)),
            ratio("tracks_per_session", HIGHER, sum(Sum.TRACKS), sum(Sum.SESSIONS)),
            ratio("time_per_session", HIGHER, SessionTotals::time, sum(Sum.SESSIONS)),
            ratio("skip_rate", LOWER, sum(Sum.SKIPS), SessionTotals::recommendedTracks),
            ratio("fallback_rate", LOWER, sum(Sum.FALLBACKS), sum(Sum.TRACED_RESPONSES)),
            new ListenerMetric(
                    new Metric("distinct_artists_per_session", HIGHER, Metric.Kind.MEAN),
                    sum(Sum.ARTISTS),
                    sum(Sum.SESSIONS),
                    Scope.WITH_CATALOG));

    private static ToDoubleFunction<SessionTotals> sum(Sum sum) {
        return totals -> totals.of(sum);
    }

    /** A value of every exposed listener; more is better. */
    private static ListenerMetric sum(String name, ToDoubleFunction<SessionTotals> value) {
        return new ListenerMetric(new Metric(name, HIGHER, Metric.Kind.MEAN), value, totals -> 1, Scope.EVERYONE);
    }

    private static ListenerMetric mean(
            String name,
            Direction direction,
            ToDoubleFunction<SessionTotals> numerator,
            ToDoubleFunction<SessionTotals> denominator) {
        return new ListenerMetric(
                new Metric(name, direction, Metric.Kind.MEAN), numerator, denominator, Scope.FINISHED);
    }

    private static ListenerMetric ratio(
            String name,
            Direction direction,
            ToDoubleFunction<SessionTotals> numerator,
            ToDoubleFunction<SessionTotals> denominator) {
        return new ListenerMetric(
                new Metric(name, direction, Metric.Kind.RATIO), numerator, denominator, Scope.FINISHED);
    }

    /** The metrics that can be computed with these facts on the tracks. */
    static List<ListenerMetric> of(TrackFacts facts) {
        return ALL.stream()
                .filter(metric -> metric.scope != Scope.WITH_CATALOG || facts.areKnown())
                .toList();
    }

    /**
     * The metric of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the metrics
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

    /** Whether listeners without a finished session count, with the value 0. */
    boolean isOfEveryone() {
        return scope == Scope.EVERYONE;
    }

    /** Whether a listener's value is a sum, so that a single listener may dominate the mean. */
    boolean isSum() {
        return isOfEveryone() && !isCompletion();
    }

    boolean isCompletion() {
        return metric.name().equals(COMPLETION);
    }

    /** A listener's value; NaN if the listener has none. Only for means. */
    double value(SessionTotals totals) {
        return numerator.applyAsDouble(totals) / denominator.applyAsDouble(totals);
    }

    /** The values of the listeners that have one. Only for means. */
    double[] values(List<ExposedListener> listeners) {
        return listeners.stream()
                .mapToDouble(listener -> value(listener.totals()))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /**
     * The sample of an arm's listeners.
     *
     * @return null if fewer than two listeners have a value, or if a ratio's denominator is 0 for all of them
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

    /** The sample of an arm's listeners, with values above the limit replaced by the limit. Only for means. */
    @Nullable
    Sample sample(List<ExposedListener> listeners, double limit) {
        double[] values = Arrays.stream(values(listeners))
                .map(value -> Math.min(value, limit))
                .toArray();
        return values.length < 2 ? null : Sample.of(values);
    }
}
