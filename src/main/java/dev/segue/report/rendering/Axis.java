package dev.segue.report.rendering;

import dev.segue.analysis.Effect;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * A linear axis whose ticks are round.
 *
 * @param from the smallest value on the axis
 * @param to the largest value on the axis
 * @param step the distance between ticks: 1, 2 or 5 times a power of ten
 * @param start the position of the smallest value in the chart
 * @param end the position of the largest value in the chart
 */
record Axis(double from, double to, double step, double start, double end) {

    /** The maximum number of steps, before the ends are rounded. */
    private static final int STEPS = 5;

    /** Intervals are cut off beyond this multiple of the median reach, so that the others remain visible. */
    private static final double FARTHEST = 4;

    private static final double ROUNDING = 1e-9;

    /** An axis that includes a range and ends at ticks. */
    static Axis round(double least, double most, double start, double end) {
        double step = roundStep((most - least) / STEPS);
        double from = Math.floor(least / step + ROUNDING) * step;
        return new Axis(from, Math.ceil(most / step - ROUNDING) * step, step, start, end);
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        return DoubleStream.of(power, 2 * power, 5 * power)
                .filter(step -> step >= atLeast * (1 - ROUNDING))
                .findFirst()
                .orElse(10 * power);
    }

    /** An axis for relative effects, which includes 0. Extreme intervals are cut off. It never goes below −100%. */
    static Axis ofEffects(List<Effect> effects, double start, double end) {
        double[] reaches = effects.stream()
                .mapToDouble(effect -> finite(effect).map(Math::abs).max().orElse(0))
                .filter(reach -> reach > 0)
                .sorted()
                .toArray();
        double farthest = reaches.length == 0 ? 1 : FARTHEST * reaches[reaches.length / 2];
        double least = effects.stream().flatMapToDouble(Axis::finite).min().orElse(0);
        double most = effects.stream().flatMapToDouble(Axis::finite).max().orElse(0);
        double from = Math.min(0, Math.max(Math.max(least, -farthest), -1));
        double to = Math.max(0, Math.min(most, farthest));
        double room = to > from ? (to - from) / 10 : 0.1;
        Axis axis = round(Math.min(from, -room), Math.max(to, room), start, end);
        return new Axis(Math.max(axis.from, -1), axis.to, axis.step, start, end);
    }

    private static DoubleStream finite(Effect effect) {
        return DoubleStream.of(effect.lower(), effect.relative(), effect.upper())
                .filter(Double::isFinite);
    }

    /** The position of a value, on the axis or beyond it. */
    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }

    /** The position of a value, or the nearer end of the axis if the value is beyond it. */
    double within(double value) {
        return at(Math.min(to, Math.max(from, value)));
    }

    double[] ticks() {
        return LongStream.rangeClosed(
                        Math.round(Math.ceil(from / step - ROUNDING)), Math.round(Math.floor(to / step + ROUNDING)))
                .mapToDouble(i -> i * step)
                .toArray();
    }

    /** A tick as a percentage, with as many digits as distinguish it from the next tick. */
    String percent(double tick) {
        if (tick == 0) {
            return "0%";
        }
        int digits = (int) Math.max(0, -Math.floor(Math.log10(100 * step) + ROUNDING));
        return String.format(Locale.ROOT, "%." + digits + "f%%", 100 * tick);
    }

    /** A tick as a percentage with a sign. */
    String signedPercent(double tick) {
        return tick > 0 ? "+" + percent(tick) : percent(tick);
    }
}
