package dev.segue.report.rendering;

import dev.segue.analysis.Effect;
import dev.segue.analysis.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A chart of all effects with their intervals, one line each. With one treatment, a line has the name of a metric. With
 * several, it has the name of a treatment, below the name of the metric.
 */
final class ForestPlot {

    private static final int TOP = 22;

    /** The distance of an interval from the lower end of its row. */
    private static final int BELOW = 10;

    /** The approximate width of a letter, in pixels. */
    private static final int LETTER = 7;

    /** The maximum length of the name of a treatment; longer names are shortened. */
    private static final int LONGEST = 24;

    private final Map<String, List<Effect>> byMetric = new LinkedHashMap<>();
    private final Function<Effect, Verdict> verdicts;
    private final boolean byArm;
    private final int row;
    private final int height;
    private final Axis x;
    private final Svg svg;

    /** @param verdicts the verdict on each effect */
    ForestPlot(List<Effect> effects, Function<Effect, Verdict> verdicts) {
        this.verdicts = verdicts;
        effects.forEach(effect -> byMetric.computeIfAbsent(effect.metric().name(), metric -> new ArrayList<>())
                .add(effect));
        byArm = effects.size() > byMetric.size();
        int longest = effects.stream()
                .mapToInt(effect -> label(effect).length())
                .max()
                .orElse(0);
        row = byArm ? 24 : 30;
        height = TOP + row * (effects.size() + (byArm ? byMetric.size() : 0));
        x = Axis.ofEffects(effects, 0, 100);
        svg = new Svg(
                byArm ? "forest by-arm" : "forest",
                height + TOP,
                (byArm ? 28 : 16) + LETTER * longest,
                "Forest plot of the effects with their intervals");
    }

    private String label(Effect effect) {
        return byArm ? shortened(effect.arm()) : effect.metric().name();
    }

    /** Shortens a name in the middle, because names often differ at either end. */
    private static String shortened(String name) {
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST / 2 - 1) + "…" + name.substring(name.length() - LONGEST / 2);
    }

    String draw() {
        for (double tick : x.ticks()) {
            svg.line(tick == 0 ? "zero" : "grid", x.at(tick), TOP, x.at(tick), height);
            svg.text("middle", x.at(tick), 0, TOP - 8.0, x.signedPercent(tick));
            svg.text("middle", x.at(tick), 0, height + 16.0, x.signedPercent(tick));
        }
        int y = TOP;
        for (List<Effect> effects : byMetric.values()) {
            y += byArm ? row : 0;
            for (Effect effect : effects) {
                draw(effect, y + row - BELOW);
                y += row;
            }
        }
        labels();
        return svg.end().toString();
    }

    private void labels() {
        int y = TOP;
        for (Map.Entry<String, List<Effect>> metric : byMetric.entrySet()) {
            if (byArm) {
                svg.label("metric", 0, y + row - BELOW + 4.0, metric.getKey(), metric.getKey());
                y += row;
            }
            for (Effect effect : metric.getValue()) {
                svg.label(
                        "row",
                        byArm ? 12 : 0,
                        y + row - BELOW + 4.0,
                        label(effect),
                        byArm ? effect.arm() : label(effect));
                y += row;
            }
        }
    }

    private void draw(Effect effect, double y) {
        if (effect.verdict() == Verdict.UNTESTABLE) {
            svg.text("middle", x.at(0), 0, y + 4, "untestable");
            return;
        }
        String verdict = verdicts.apply(effect).name().toLowerCase(Locale.ROOT);
        // An effect cannot be below −100%, so an axis that ends there cuts nothing off.
        boolean cutBelow = effect.lower() < x.from() && (x.from() > -1 || Double.isInfinite(effect.lower()));
        boolean cutAbove = effect.upper() > x.to();
        svg.line("interval " + verdict, x.within(effect.lower()), y, x.within(effect.upper()), y);
        if (cutBelow && !(effect.relative() < x.from())) {
            svg.arrow("end " + verdict, 0, y, false);
        }
        if (cutAbove && !(effect.relative() > x.to())) {
            svg.arrow("end " + verdict, 100, y, true);
        }
        if (!Double.isNaN(effect.relative())) {
            estimate(verdict, effect.relative(), y);
        }
    }

    /** Draws a dot, or an arrow with the value if the estimate is beyond the axis. */
    private void estimate(String verdict, double value, double y) {
        if (value >= x.from() && value <= x.to()) {
            svg.dot("mark " + verdict, x.at(value), y);
            return;
        }
        boolean above = value > x.to();
        svg.arrow("mark " + verdict, x.within(value), y, above);
        svg.text(above ? "end" : "start", x.within(value), above ? -14 : 14, y + 4, x.signedPercent(value));
    }
}
