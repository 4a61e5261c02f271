package dev.segue.config;

import java.util.regex.Pattern;

/** The form of a bearer token: it is long enough that it cannot be guessed, and fits into a header. */
final class Token {

    static final String RULE =
            "must have 16 or more printable ASCII characters without spaces; make one with: openssl rand -hex 32";

    private static final Pattern FORM = Pattern.compile("[!-~]{16,}");

    private Token() {}

    static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
