package dev.segue.config;

import java.util.regex.Pattern;

/** The names that recommenders and experiments may have. They are safe in URLs, log lines, file names and metric labels. */
final class Names {

    static final Pattern ALLOWED = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.-]{1,64}");

    private Names() {}

    /** Throws {@link IllegalArgumentException}, its message beginning with the place, unless the name is allowed. */
    static void check(String place, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException(place + ": \"" + name
                    + "\" is no name; use 1 to 64 of the characters A-Z a-z 0-9 _ . -, but not . or .. alone");
        }
    }
}
