package dev.segue.report;

import dev.segue.analysis.Interval;
import dev.segue.analysis.ListenerValues;
import dev.segue.analysis.Quantile;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.Observations;
import java.util.ArrayList;
import java.util.List;

/**
 * A quantile of the observations in an arm.
 *
 * @param what the kind of observation: {@code request_latency} in ms, or {@code time_per_session} in track lengths
 * @param arm the arm
 * @param quantile the quantile, with an interval whose units are listeners
 */
public record ArmQuantile(String what, String arm, Quantile quantile) {

    private static final List<Double> LATENCY = List.of(0.5, 0.95, 0.99);
    private static final List<Double> TIME = List.of(0.1, 0.5, 0.9);

    /** Computes the quantiles of all arms. The list is empty if single observations were not kept. */
    static List<ArmQuantile> of(
            ExperimentData data, List<String> arms, List<List<ExposedListener>> listeners, double alpha) {
        List<ArmQuantile> quantiles = new ArrayList<>();
        Observations latencies = data.latencies();
        Observations times = data.sessionTimes();
        for (int arm = 0; arm < arms.size(); arm++) {
            if (latencies != null) {
                add(
                        quantiles,
                        "request_latency",
                        arms.get(arm),
                        latencies.of(ExposedListener.numbers(listeners.get(arm))),
                        LATENCY,
                        alpha);
            }
            if (times != null) {
                add(
                        quantiles,
                        "time_per_session",
                        arms.get(arm),
                        times.of(ExposedListener.numbers(listeners.get(arm))),
                        TIME,
                        alpha);
            }
        }
        return quantiles;
    }

    private static void add(
            List<ArmQuantile> quantiles,
            String what,
            String arm,
            ListenerValues values,
            List<Double> probabilities,
            double alpha) {
        probabilities.forEach(
                probability -> quantiles.add(new ArmQuantile(what, arm, decimal(values.quantile(probability, alpha)))));
    }

    /** Converts an observation, which was kept as a float, to the double with the same decimal digits. */
    private static Quantile decimal(Quantile of) {
        return new Quantile(
                of.probability(),
                of.observations(),
                of.listeners(),
                decimal(of.value()),
                new Interval(
                        decimal(of.interval().lower()), decimal(of.interval().upper())),
                of.criticalValue());
    }

    private static double decimal(double observation) {
        return Double.parseDouble(Float.toString((float) observation));
    }
}
