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
 * An effect as it was known at the end of a day, with an interval that holds for all days and treatments at once.
 *
 * @param date the day, in the report's zone
 * @param effect on the primary metric in the listeners' windows, of all who arrived so far and whose windows had closed
 */
public record DayEffect(LocalDate date, Effect effect) {

    /**
     * All days of one treatment on which there was something to be known, in order.
     *
     * @param treatments how many there are: each may miss that much less often, so that all of them together hold (Bonferroni)
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

    /** The day's number, from 1970-01-01 on. */
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

    /** Listeners who finished no session in the window have no value of means per session, and nobody has one of a ratio. */
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
