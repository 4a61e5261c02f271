package dev.segue.report.rendering;

import dev.segue.report.DayEffect;
import dev.segue.report.SessionLengths;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the charts over days and lengths. The colours are CSS classes. */
final class SvgCharts {

    private static final int HEIGHT = 220;

    /** The lower end of the plot, above the dates or lengths. */
    private static final int BOTTOM = 190;

    private static final int LEFT = 60;

    /** The number of colours of treatments; control has another. With more treatments, the colours repeat. */
    private static final int COLOURS = 8;

    /** The maximum number of dates below the plot. */
    private static final int DATES = 3;

    /** The fraction of a day over which the bars of the treatments are spread. */
    private static final double SPREAD = 0.4;

    private final List<String> arms;

    /** @param arms the names of all arms, control first */
    SvgCharts(List<String> arms) {
        this.arms = arms;
    }

    /** The CSS class of an arm, which is the same in all charts. */
    private String colour(String name) {
        int arm = arms.indexOf(name);
        return arm == 0 ? "arm0" : "arm" + (1 + (arm - 1) % COLOURS);
    }

    /** The effects by day, with their always-valid intervals and band. */
    String days(List<DayEffect> days) {
        Map<String, List<DayEffect>> byArm = new LinkedHashMap<>();
        days.forEach(day -> byArm.computeIfAbsent(day.effect().arm(), arm -> new ArrayList<>())
                .add(day));
        Axis y = Axis.ofEffects(days.stream().map(DayEffect::effect).toList(), BOTTOM, 12);
        double first = days.stream().mapToDouble(DayEffect::epochDay).min().orElse(0);
        double last = days.stream().mapToDouble(DayEffect::epochDay).max().orElse(0);
        var x = new Axis(first - 0.5, last + 0.5, 1, 0, 100);
        var svg = new Svg("chart", HEIGHT, LEFT, "Effect by day with the always-valid band");
        for (double tick : y.ticks()) {
            svg.line(tick == 0 ? "zero" : "grid", 0, y.at(tick), 100, y.at(tick));
            svg.text("end", 0, -10, y.at(tick) + 4, y.signedPercent(tick));
        }
        double between = Math.ceil((last - first + 1) / DATES);
        for (double day = first; day <= last; day += between) {
            svg.text(
                    "middle",
                    x.at(day),
                    0,
                    HEIGHT - 8.0,
                    LocalDate.ofEpochDay((long) day).toString());
        }
        svg.beginClip(BOTTOM);
        int drawn = 0;
        for (Map.Entry<String, List<DayEffect>> arm : byArm.entrySet()) {
            double shift = SPREAD * ((drawn++ + 0.5) / byArm.size() - 0.5);
            new DayCurve(arm.getValue(), x, y, shift, colour(arm.getKey())).draw(svg, BOTTOM);
        }
        return legend(new ArrayList<>(byArm.keySet())) + svg.end().end();
    }

    /** The share of sessions of each length, for each arm, as a step function. */
    String lengths(List<SessionLengths> lengths) {
        double highest = lengths.stream()
                .flatMap(arm -> arm.shares().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        Axis y = Axis.round(0, highest, BOTTOM, 12);
        var x = new Axis(0, SessionLengths.BINS + 1.0, 5, 0, 100);
        var svg = new Svg("chart", HEIGHT, LEFT, "Distribution of session lengths by arm");
        for (double tick : y.ticks()) {
            svg.line("grid", 0, y.at(tick), 100, y.at(tick));
            svg.text("end", 0, -10, y.at(tick) + 4, y.percent(tick));
        }
        for (double length : x.ticks()) {
            String more = length == SessionLengths.BINS ? "+" : "";
            svg.text("middle", x.at(length), 0, HEIGHT - 8.0, Math.round(length) + more);
        }
        svg.beginShapes(BOTTOM);
        for (SessionLengths arm : lengths) {
            var steps = new StringBuilder();
            List<Double> shares = arm.shares();
            for (int bin = 0; bin < shares.size(); bin++) {
                double share = y.at(shares.get(bin));
                steps.append(Svg.point(x.at(bin), share)).append(Svg.point(x.at(bin + 1.0), share));
            }
            svg.shape("polyline", "curve " + colour(arm.arm()), steps);
        }
        return legend(lengths.stream().map(SessionLengths::arm).toList())
                + svg.end().end();
    }

    /** The names of the arms with their colours. It is HTML, so that it wraps. */
    private String legend(List<String> arms) {
        var html = new StringBuilder("<p class=\"legend\">");
        for (String arm : arms) {
            html.append("<span><i class=\"")
                    .append(colour(arm))
                    .append("\"></i>")
                    .append(Markup.escaped(arm))
                    .append("</span> ");
        }
        return html.append("</p>\n").toString();
    }
}
