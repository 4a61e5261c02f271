package dev.segue.catalog;

/** What is wrong with a line. Without a stack trace: whoever knows the file and the line makes the error of it. */
final class JsonProblem extends RuntimeException {

    private final int position;

    /** A problem of the line as a whole. */
    JsonProblem(String problem) {
        this(problem, 0);
    }

    /** @param position the byte where the problem was met, from 0 */
    JsonProblem(String problem, int position) {
        super(problem, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
