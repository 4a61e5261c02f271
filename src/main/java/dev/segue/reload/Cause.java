package dev.segue.reload;

import java.util.Locale;

/** How a generation came into service. */
public enum Cause {
    /** The start of the server. */
    START,
    /** A request. */
    RELOAD,
    /** SIGHUP. */
    SIGNAL,
    /** The watch on the files. */
    WATCH,
    /** A learning of the server. */
    LEARNING,
    /** A request to return to the previous generation. */
    ROLLBACK;

    /** The name in JSON. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
