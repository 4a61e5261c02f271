package dev.segue.simulation.load;

import dev.segue.listener.ListenerId;
import java.util.regex.Pattern;

/** Which listeners a URL can name. All of them can be named in JSON. */
public final class UrlForm {

    /** Segments that mean another path, and characters that servers refuse in one, written as %2F or not. */
    private static final Pattern NO_SEGMENT = Pattern.compile("\\.\\.?|.*[\\x00-\\x1f\\x7f/\\\\%].*", Pattern.DOTALL);

    private UrlForm() {}

    /** Whether a query means the same listener: text that looks like a number is one there. */
    static boolean inQuery(ListenerId listener) {
        try {
            return ListenerId.parse(listener.text()).equals(listener);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a part of a path means the same listener. */
    public static boolean inPath(ListenerId listener) {
        return inQuery(listener) && !NO_SEGMENT.matcher(listener.text()).matches();
    }
}
