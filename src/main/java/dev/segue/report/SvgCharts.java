package dev.segue.report;

import dev.segue.analysis.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A report's pictures, as SVG; colours are those of the page's classes. */
final class SvgCharts {

    private static final int WIDTH = 760;
    private static final int LEFT = 290;
    private static final int RIGHT = 20;
    private static final int ROW = 24;
    private static final int HEIGHT = 240;
    private static final int MARGIN = 44;
    private static final int TICKS = 5;

    /** Farther out than this many times the usual reach, an interval is cut off, so that the others can be seen. */
    private static final double FARTHEST = 4;

    private final Report report;

    SvgCharts(Report report) {
        this.report = report;
    }

    /** A linear axis: what a value is on the picture. */
    private record Axis(double from, double to, double start, double end) {

        double at(double value) {
            return start + (Math.min(to, Math.max(from, value)) - from) / (to - from) * (end - start);
        }

        boolean holds(double value) {
            return value >= from && value <= to;
        }

        double tick(int i) {
            return from + (to - from) * i / (TICKS - 1);
        }
    }

    /** Each effect with its interval, one line each, around the line of no effect. */
    String forest() {
        List<Effect> effects = report.effects().effects();
        int bottom = ROW * effects.size() + ROW;
        double reach = reach(effects);
        Axis x = new Axis(-reach, reach, LEFT, WIDTH - RIGHT);
        var svg = begin(bottom + ROW, "Forest plot of the effects with their intervals");
        for (int i = 0; i < TICKS; i++) {
            line(svg, "grid", x.at(x.tick(i)), ROW / 2.0, x.at(x.tick(i)), bottom);
            text(svg, "middle", x.at(x.tick(i)), bottom + 16, percent(x.tick(i)));
        }
        line(svg, "zero", x.at(0), ROW / 2.0, x.at(0), bottom);
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            double y = ROW * (i + 1);
            String verdict = effect.verdict().name().toLowerCase(Locale.ROOT);
            text(svg, "end", LEFT - 12, y + 4, effect.metric().name() + " " + effect.arm());
            line(svg, "interval " + verdict, x.at(effect.lower()), y, x.at(effect.upper()), y);
            if (!Double.isNaN(effect.relative())) {
                estimate(svg, verdict, x, effect.relative(), y);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /** A dot; beyond the axis an arrow that points there, with the value. */
    private static void estimate(StringBuilder svg, String verdict, Axis x, double value, double y) {
        double at = x.at(value);
        if (x.holds(value)) {
            svg.append(String.format(
                    Locale.ROOT, "<circle class=\"mark %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", verdict, at, y));
            return;
        }
        int inward = value > 0 ? -1 : 1;
        svg.append(String.format(
                Locale.ROOT,
                "<polygon class=\"mark %s\" points=\"%s%s%s\"/>%n",
                verdict,
                point(at, y),
                point(at + 9 * inward, y - 5),
                point(at + 9 * inward, y + 5)));
        text(svg, value > 0 ? "end" : "start", at + 14 * inward, y + 4, percent(value));
    }

    /** So far that the usual interval fits, and wild ones are cut. */
    private static double reach(List<Effect> effects) {
        double[] reaches = effects.stream()
                .mapToDouble(effect -> Math.max(Math.abs(effect.lower()), Math.abs(effect.upper())))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (reaches.length == 0) {
            return 1;
        }
        double median = reaches[reaches.length / 2];
        return 1.1 * Math.max(1e-6, Math.min(reaches[reaches.length - 1], FARTHEST * median));
    }

    /** The primary metric's effect at the end of each day, with the always-valid band. */
    String days() {
        Map<String, List<DayEffect>> byArm = new LinkedHashMap<>();
        report.days()
                .forEach(day -> byArm.computeIfAbsent(day.effect().arm(), arm -> new ArrayList<>())
                        .add(day));
        Axis y = new Axis(least(DayEffect::lower), most(DayEffect::upper), HEIGHT - MARGIN, 12);
        double first =
                report.days().stream().mapToDouble(DayEffect::epochDay).min().orElse(0);
        double last =
                report.days().stream().mapToDouble(DayEffect::epochDay).max().orElse(0);
        Axis x = new Axis(first - 0.5, last + 0.5, MARGIN + 20, WIDTH - RIGHT);
        var svg = begin(HEIGHT, "Effect by day with the always-valid band");
        for (int i = 0; i < TICKS; i++) {
            line(svg, "grid", MARGIN + 20, y.at(y.tick(i)), WIDTH - RIGHT, y.at(y.tick(i)));
            text(svg, "end", MARGIN + 14, y.at(y.tick(i)) + 4, percent(y.tick(i)));
        }
        line(svg, "zero", MARGIN + 20, y.at(0), WIDTH - RIGHT, y.at(0));
        int number = 0;
        for (List<DayEffect> days : byArm.values()) {
            number++;
            band(svg, days, x, y, number);
        }
        DayEffect begin = report.days().get(0);
        DayEffect end = report.days().get(report.days().size() - 1);
        text(svg, "start", MARGIN + 20, HEIGHT - 12, begin.date().toString());
        text(svg, "end", WIDTH - RIGHT, HEIGHT - 12, end.date().toString());
        legend(svg, new ArrayList<>(byArm.keySet()), 1);
        return svg.append("</svg>\n").toString();
    }

    private double least(ToDoubleFunction<DayEffect> bound) {
        return Math.min(0, 1.1 * bounds(bound).min().orElse(-0.1));
    }

    private double most(ToDoubleFunction<DayEffect> bound) {
        return Math.max(1e-6, 1.1 * bounds(bound).max().orElse(0.1));
    }

    private DoubleStream bounds(ToDoubleFunction<DayEffect> bound) {
        return report.days().stream().mapToDouble(bound).filter(Double::isFinite);
    }

    private static void band(StringBuilder svg, List<DayEffect> days, Axis x, Axis y, int number) {
        var outline = new StringBuilder();
        var middle = new StringBuilder();
        for (DayEffect day : days) {
            outline.append(point(x.at(day.epochDay()), y.at(day.upper())));
            middle.append(point(x.at(day.epochDay()), y.at(day.effect().relative())));
        }
        for (int i = days.size() - 1; i >= 0; i--) {
            outline.append(point(x.at(days.get(i).epochDay()), y.at(days.get(i).lower())));
        }
        svg.append(String.format("<polygon class=\"band arm%d\" points=\"%s\"/>%n", number, outline));
        svg.append(String.format("<polyline class=\"curve arm%d\" points=\"%s\"/>%n", number, middle));
        DayEffect last = days.get(days.size() - 1);
        svg.append(String.format(
                Locale.ROOT,
                "<circle class=\"mark arm%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n",
                number,
                x.at(last.epochDay()),
                y.at(last.effect().relative())));
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
    }

    /** Each arm's shares of sessions by length, as steps. */
    String lengths() {
        double highest = report.lengths().stream()
                .flatMap(arm -> arm.shares().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        Axis y = new Axis(0, 1.05 * highest, HEIGHT - MARGIN, 12);
        Axis x = new Axis(0, SessionLengths.BINS + 1.0, MARGIN + 20, WIDTH - RIGHT);
        var svg = begin(HEIGHT, "Distribution of session lengths by arm");
        for (int i = 0; i < TICKS; i++) {
            line(svg, "grid", MARGIN + 20, y.at(y.tick(i)), WIDTH - RIGHT, y.at(y.tick(i)));
            text(svg, "end", MARGIN + 14, y.at(y.tick(i)) + 4, String.format(Locale.ROOT, "%.0f%%", 100 * y.tick(i)));
        }
        for (int length = 0; length <= SessionLengths.BINS; length += 5) {
            text(svg, "middle", x.at(length), HEIGHT - 24, length + (length == SessionLengths.BINS ? "+" : ""));
        }
        for (int arm = 0; arm < report.lengths().size(); arm++) {
            var steps = new StringBuilder();
            List<Double> shares = report.lengths().get(arm).shares();
            for (int bin = 0; bin < shares.size(); bin++) {
                steps.append(point(x.at(bin), y.at(shares.get(bin))))
                        .append(point(x.at(bin + 1.0), y.at(shares.get(bin))));
            }
            svg.append(String.format("<polyline class=\"curve arm%d\" points=\"%s\"/>%n", arm, steps));
        }
        legend(svg, report.lengths().stream().map(SessionLengths::arm).toList(), 0);
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg, List<String> arms, int firstNumber) {
        for (int i = 0; i < arms.size(); i++) {
            double left = WIDTH - RIGHT - 70.0 * (arms.size() - i);
            line(svg, "curve arm" + (firstNumber + i), left, 20, left + 20, 20);
            text(svg, "start", left + 26, 24, arms.get(i));
        }
    }

    private static StringBuilder begin(int height, String label) {
        return new StringBuilder(
                String.format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, height, label));
    }

    private static void line(StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                anchor,
                x,
                y,
                HtmlReport.escaped(text)));
    }

    private static String percent(double fraction) {
        return String.format(
                Locale.ROOT,
                fraction == 0 ? "%.0f%%" : Math.abs(fraction) < 0.1 ? "%+.1f%%" : "%+.0f%%",
                100 * fraction);
    }
}
