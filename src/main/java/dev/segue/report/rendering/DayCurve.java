package dev.segue.report.rendering;

import dev.segue.report.DayEffect;
import java.util.List;

/**
 * The curve of one treatment's effect over the days. A day without bounds has no bar and is not part of the band.
 *
 * @param days the days of the treatment, in order
 * @param shift the horizontal distance from the middle of a day, in days, so that treatments are side by side
 * @param colour the CSS class of the treatment's colour
 */
record DayCurve(List<DayEffect> days, Axis x, Axis y, double shift, String colour) {

    void draw(Svg svg, int height) {
        List<DayEffect> bounded = days.stream()
                .filter(day -> day.effect().relativeInterval().isBounded())
                .toList();
        List<DayEffect> estimated = days.stream()
                .filter(day -> Double.isFinite(day.effect().relative()))
                .toList();
        svg.beginShapes(height);
        if (bounded.size() > 1) {
            svg.shape("polygon", "band " + colour, outline(bounded));
        }
        if (estimated.size() > 1) {
            var middle = new StringBuilder();
            estimated.forEach(day ->
                    middle.append(Svg.point(across(day), y.at(day.effect().relative()))));
            svg.shape("polyline", "curve " + colour, middle);
        }
        svg.end();
        bounded.forEach(
                day -> svg.line("bar " + colour, across(day), y.at(day.lower()), across(day), y.at(day.upper())));
        estimated.forEach(
                day -> svg.dot("mark " + colour, across(day), y.at(day.effect().relative())));
    }

    private double across(DayEffect day) {
        return x.at(day.epochDay() + shift);
    }

    private StringBuilder outline(List<DayEffect> bounded) {
        var outline = new StringBuilder();
        bounded.forEach(day -> outline.append(Svg.point(across(day), y.at(day.upper()))));
        for (int i = bounded.size() - 1; i >= 0; i--) {
            outline.append(Svg.point(across(bounded.get(i)), y.at(bounded.get(i).lower())));
        }
        return outline;
    }
}
