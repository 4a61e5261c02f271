package dev.segue.json;

/** A fault in a line. It has no stack trace: callers that know the file and the line make an error of it. */
public final class JsonProblem extends RuntimeException {

    private final int position;
    private final boolean malformed;

    /** A problem of the line as a whole. */
    public JsonProblem(String problem) {
        this(problem, 0, false);
    }

    /**
     * @param position the byte where the problem was met, from 0
     * @param malformed whether the line is no JSON, or ends too early
     */
    JsonProblem(String problem, int position, boolean malformed) {
        super(problem, null, false, false);
        this.position = position;
        this.malformed = malformed;
    }

    /** The byte where the problem was met, from 0. */
    public int position() {
        return position;
    }

    /** Whether the line is no JSON, or ends too early; otherwise it is JSON, but not what was wanted. */
    public boolean isMalformed() {
        return malformed;
    }
}
