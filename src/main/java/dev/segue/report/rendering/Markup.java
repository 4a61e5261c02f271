package dev.segue.report.rendering;

/** Text as HTML and SVG take it. */
final class Markup {

    private Markup() {}

    /** A text with its special characters escaped, for content and for quoted attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
