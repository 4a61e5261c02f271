package dev.segue.file;

import java.util.regex.Pattern;

/** Text of files in messages, whose control characters would break a line or change a terminal. */
public final class OneLine {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

    private OneLine() {}

    /** A text with {@code ?} instead of each control character and each other character that ends a line. */
    public static String of(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
