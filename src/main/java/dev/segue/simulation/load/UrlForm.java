package dev.segue.simulation.load;

import dev.segue.id.ListenerId;
import java.util.regex.Pattern;

/** Checks whether a listener id has a form in URLs. Every id has one in JSON. */
public final class UrlForm {

    /** Segments that change the path, and characters that servers refuse in a segment, encoded or not. */
    private static final Pattern NO_SEGMENT = Pattern.compile("\\.\\.?|.*[\\x00-\\x1f\\x7f/\\\\%].*", Pattern.DOTALL);

    private UrlForm() {}

    /** Whether a query parameter with the id's text means the same listener. It does not for strings that look like numbers. */
    static boolean inQuery(ListenerId listener) {
        try {
            return ListenerId.parse(listener.text()).equals(listener);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a path segment with the id's text means the same listener. */
    public static boolean inPath(ListenerId listener) {
        return inQuery(listener) && !NO_SEGMENT.matcher(listener.text()).matches();
    }
}
