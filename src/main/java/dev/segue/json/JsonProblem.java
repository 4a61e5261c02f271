package dev.segue.json;

/**
 * A problem in a line of JSON. It has no stack trace, since callers convert it to an error that names the file and the
 * line.
 */
public final class JsonProblem extends RuntimeException {

    private final int position;
    private final boolean malformed;

    /** Creates a problem of the line as a whole. */
    public JsonProblem(String problem) {
        this(problem, 0, false);
    }

    /**
     * @param position offset of the problem in bytes, from 0
     * @param malformed whether the line is not valid JSON, or ends too early
     */
    JsonProblem(String problem, int position, boolean malformed) {
        super(problem, null, false, false);
        this.position = position;
        this.malformed = malformed;
    }

    /** Offset of the problem in bytes, from 0. */
    public int position() {
        return position;
    }

    /** Whether the line is not valid JSON, or ends too early; otherwise it is JSON with an unexpected value. */
    public boolean isMalformed() {
        return malformed;
    }
}
