package dev.segue.report;

import dev.segue.analysis.ConfidenceSequence;
import dev.segue.analysis.ConfidenceSequence.ClosedListener;
import dev.segue.analysis.Effect;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ExposedListener;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An effect at the end of a day, with an interval that holds for all days and treatments at once.
 *
 * @param date the day, in the time zone of the report
 * @param effect the effect on the primary metric in the listeners' windows, for all listeners whose windows were closed by
 *     then
 */
public record DayEffect(LocalDate date, Effect effect) {

    /**
     * Computes the effects of one treatment by day, without the days on which an arm had fewer than two listeners.
     *
     * @param treatments the number of treatments. Alpha is divided by it, so that the intervals of all treatments hold
     *     together (Bonferroni)
     */
    static List<DayEffect> of(
            ListenerMetric metric,
            String arm,
            int treatments,
            List<ExposedListener> control,
            List<ExposedListener> treatment,
            ExperimentData data,
            ReportOptions options) {
        List<ClosedListener> arrivals = new ArrayList<>();
        long window = data.options().window().toMillis();
        addTo(arrivals, metric, control, false, window);
        addTo(arrivals, metric, treatment, true, window);
        arrivals.sort(Comparator.comparingLong(ClosedListener::arrivedAt)
                .thenComparing(a -> a.listener().key()));
        var sequence = new ConfidenceSequence(options.alpha() / treatments, options.plannedListeners());
        List<DayEffect> days = new ArrayList<>();
        int next = 0;
        LocalDate last = day(data.lastEventAt(), data);
        for (LocalDate date = arrivals.isEmpty() ? last : day(arrivals.get(0).arrivedAt(), data);
                !date.isAfter(last);
                date = date.plusDays(1)) {
            long end = Math.min(
                    data.lastEventAt(),
                    date.plusDays(1)
                            .atStartOfDay(data.options().zone())
                            .toInstant()
                            .toEpochMilli());
            while (next < arrivals.size() && arrivals.get(next).closedAt() <= end) {
                sequence.add(arrivals.get(next++));
            }
            Effect effect = sequence.effectAt(end, metric.metric(), arm, options.interval());
            if (effect != null) {
                days.add(new DayEffect(date, effect));
            }
        }
        return days;
    }

    /** The number of days since 1970-01-01. */
    public double epochDay() {
        return (double) date.toEpochDay();
    }

    /** Lower end of the relative interval, as a fraction. */
    public double lower() {
        return effect.lower();
    }

    /** Upper end of the relative interval, as a fraction. */
    public double upper() {
        return effect.upper();
    }

    private static LocalDate day(long millis, ExperimentData data) {
        return Instant.ofEpochMilli(millis).atZone(data.options().zone()).toLocalDate();
    }

    /**
     * Adds the listeners that have a value. A listener without a finished session in the window has no mean per session, and
     * no listener has a value of a ratio.
     */
    private static void addTo(
            List<ClosedListener> arrivals,
            ListenerMetric metric,
            List<ExposedListener> listeners,
            boolean treated,
            long window) {
        for (ExposedListener listener : listeners) {
            double value = metric.value(listener.window());
            if (metric.isMean() && Double.isFinite(value)) {
                arrivals.add(new ClosedListener(
                        listener.listener(), listener.arrivedAt(), listener.closedAt(window), treated, value));
            }
        }
    }
}
