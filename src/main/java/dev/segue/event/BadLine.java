package dev.segue.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.json.JsonProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line that is not an event. The message describes the problem and, if known, its likely cause. */
final class BadLine extends Exception {

    private static final byte[] EVENT_START = "{\"message\"".getBytes(US_ASCII);

    BadLine(byte[] line, int length, String problem, @Nullable RuntimeException cause) {
        super(explain(line, length, problem, cause), cause, false, false);
    }

    private static String explain(byte[] line, int length, String problem, @Nullable RuntimeException cause) {
        for (int i = 0; i < length; i++) {
            if (line[i] == 0) {
                return "the line has NUL bytes, probably from a power loss";
            }
        }
        if (!isMalformed(cause)) {
            return problem;
        }
        boolean hasSecondEvent = false;
        for (int i = 1; i + EVENT_START.length <= length && !hasSecondEvent; i++) {
            hasSecondEvent = Arrays.equals(line, i, i + EVENT_START.length, EVENT_START, 0, EVENT_START.length);
        }
        boolean endsEarly = cause instanceof JsonProblem json && json.position() >= length;
        return hasSecondEvent || endsEarly
                ? problem + "; the line is torn, probably because the writing process was killed"
                : problem;
    }

    private static boolean isMalformed(@Nullable Throwable cause) {
        return cause instanceof JsonProblem problem && problem.isMalformed();
    }

    /** Whether the line is not valid JSON, or ends too early. */
    boolean isCutShort() {
        return isMalformed(getCause());
    }
}
