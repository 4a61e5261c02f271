package dev.segue.http;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;

/** The media types that a client accepts (RFC 9110, section 12.5.1). */
final class AcceptHeader {

    private AcceptHeader() {}

    /**
     * Whether a client prefers HTML to JSON. Browsers do: they name {@code text/html}. A client without the header, or with
     * <code>*&#47;*</code> alone, does not.
     *
     * @param values of the header
     */
    static boolean prefersHtml(Enumeration<String> values) {
        String accept = String.join(",", Collections.list(values)).toLowerCase(Locale.ROOT);
        return quality(accept, "text/html", "text/*") > quality(accept, "application/json", "application/*");
    }

    /**
     * Whether a client names a media type and does not refuse it.
     *
     * @param values of the header
     */
    static boolean names(Enumeration<String> values, String type) {
        String accept = String.join(",", Collections.list(values)).toLowerCase(Locale.ROOT);
        return accept.contains(type) && quality(accept, type, "") > 0;
    }

    /** The quality of a media type, 0 to 1: that of the most specific range that contains it. */
    private static double quality(String accept, String type, String family) {
        double exact = -1;
        double ofFamily = -1;
        double any = -1;
        for (String range : accept.split(",", -1)) {
            String[] parts = range.split(";", -1);
            String name = parts[0].strip();
            if (name.equals(type)) {
                exact = quality(parts);
            } else if (name.equals(family)) {
                ofFamily = quality(parts);
            } else if (name.equals("*/*")) {
                any = quality(parts);
            }
        }
        if (exact >= 0) {
            return exact;
        }
        return Math.max(0, ofFamily >= 0 ? ofFamily : any);
    }

    /** The value of a range's parameter {@code q}; 1 without it, 0 if it is not a number. */
    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Math.max(0, Math.min(1, Double.parseDouble(parameter.substring(2))));
                } catch (NumberFormatException invalid) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
