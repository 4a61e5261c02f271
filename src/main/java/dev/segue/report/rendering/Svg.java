package dev.segue.report.rendering;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Builds a chart that is as wide as the page. Horizontal positions are percentages of the plot's width and vertical positions are
 * pixels, so that text has the same size on a phone. {@code charts.css} defines colours and margins.
 */
final class Svg {

    /** The margins to the left of the plot, in pixels, for which the style sheet has a class. */
    private static final int[] MARGINS = {60, 120, 200, 280};

    private final StringBuilder svg = new StringBuilder();

    /**
     * Begins a chart.
     *
     * @param style the chart's class
     * @param left the pixels that labels need to the left of the plot
     * @param label the description for screen readers
     */
    Svg(String style, int height, int left, String label) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"%s left%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                style,
                margin(left),
                height,
                Markup.escaped(label)));
    }

    private static int margin(int left) {
        return IntStream.of(MARGINS)
                .filter(margin -> margin >= left)
                .findFirst()
                .orElse(MARGINS[MARGINS.length - 1]);
    }

    /** Begins a part that is clipped at the edges of the plot. */
    Svg beginClip(int height) {
        svg.append(String.format(Locale.ROOT, "<svg class=\"clip\" height=\"%d\">%n", height));
        return this;
    }

    /** Begins a part for shapes, whose points have the same units. Circles and text would be distorted in it. */
    Svg beginShapes(int height) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 100 %d\" width=\"100%%\" height=\"%d\" preserveAspectRatio=\"none\">%n",
                height,
                height));
        return this;
    }

    Svg end() {
        svg.append("</svg>\n");
        return this;
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.2f%%\" y1=\"%.1f\" x2=\"%.2f%%\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    void dot(String style, double x, double y) {
        svg.append(
                String.format(Locale.ROOT, "<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"4\"/>%n", style, x, y));
    }

    /** An arrow head with its tip at a point. */
    void arrow(String style, double x, double y, boolean toTheRight) {
        int back = toTheRight ? -9 : 9;
        svg.append(String.format(
                Locale.ROOT,
                "<svg x=\"%.2f%%\" y=\"%.1f\"><polygon class=\"%s\" points=\"0,0 %d,-5 %d,5\"/></svg>%n",
                x,
                y,
                style,
                back,
                back));
    }

    void shape(String element, String style, CharSequence points) {
        svg.append(String.format(Locale.ROOT, "<%s class=\"%s\" points=\"%s\"/>%n", element, style, points));
    }

    /** A point of a shape. */
    static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.2f,%.1f ", x, y);
    }

    /**
     * Adds a text.
     *
     * @param anchor the part of the text that is at x: start, middle or end
     * @param shift pixels to the right of x
     */
    void text(String anchor, double x, int shift, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" x=\"%.2f%%\" dx=\"%d\" y=\"%.1f\">%s</text>%n",
                anchor,
                x,
                shift,
                y,
                Markup.escaped(text)));
    }

    /**
     * Adds a label, which the style sheet moves to the left edge of the chart.
     *
     * @param words the full text, shown as a tooltip
     */
    void label(String style, int shift, double y, String text, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%.1f\"><title>%s</title>%s</text>%n",
                style,
                shift,
                y,
                Markup.escaped(words),
                Markup.escaped(text)));
    }

    @Override
    public String toString() {
        return svg.toString();
    }
}
