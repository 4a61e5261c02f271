package dev.segue.report.rendering;

import java.util.Locale;

/**
 * A picture as wide as the page: places from left to right are percentages of the plot's width, heights are pixels, so that
 * text is as large on a phone as elsewhere. Colours and the plot's margins are those of the page's style.
 */
final class Svg {

    private final StringBuilder svg = new StringBuilder();

    /**
     * @param style the picture's class
     * @param left pixels to the left of the plot
     * @param label what it shows, for those who cannot see it
     */
    Svg(String style, int height, int left, String label) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"%s\" height=\"%d\" style=\"--left:%dpx\" role=\"img\" aria-label=\"%s\">%n",
                style,
                height,
                left,
                Markup.escaped(label)));
    }

    /** Begins a part of which nothing is seen that goes beyond the plot. */
    Svg beginClip(int height) {
        svg.append(String.format(Locale.ROOT, "<svg class=\"clip\" height=\"%d\">%n", height));
        return this;
    }

    /** Begins a part that takes points; they have percentages and pixels too, but circles and text would be stretched. */
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

    /** An arrow head with its tip here. */
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

    /** One of a shape's points. */
    static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.2f,%.1f ", x, y);
    }

    /**
     * @param anchor which part of the text is there: start, middle or end
     * @param shift pixels to the right of the place
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
     * A text that the page's style moves to the picture's left edge.
     *
     * @param words all of it, for those who point at it
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
