package dev.segue.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.segue.json.JsonProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line that is not an event. The message has the fault and, if it can be seen, its likely cause. */
final class BadLine extends Exception {

    private static final byte[] BEGINNING = "{\"message\"".getBytes(US_ASCII);

    BadLine(byte[] line, int length, String problem, @Nullable RuntimeException cause) {
        super(explained(line, length, problem, cause), cause, false, false);
    }

    private static String explained(byte[] line, int length, String problem, @Nullable RuntimeException cause) {
        for (int i = 0; i < length; i++) {
            if (line[i] == 0) {
                return "the line has NUL bytes, as a power cut leaves";
            }
        }
        if (!isMalformed(cause)) {
            return problem;
        }
        boolean another = false;
        for (int i = 1; i + BEGINNING.length <= length && !another; i++) {
            another = Arrays.equals(line, i, i + BEGINNING.length, BEGINNING, 0, BEGINNING.length);
        }
        boolean endsEarly = cause instanceof JsonProblem json && json.position() >= length;
        return another || endsEarly ? problem + "; the line is torn, as after the end of a process" : problem;
    }

    private static boolean isMalformed(@Nullable Throwable cause) {
        return cause instanceof JsonProblem problem && problem.isMalformed();
    }

    /** Whether the line is no JSON, or ends too early. */
    boolean isCutShort() {
        return isMalformed(getCause());
    }
}
