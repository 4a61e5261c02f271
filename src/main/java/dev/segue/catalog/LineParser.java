package dev.segue.catalog;

import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;

/** Turns the lines of one kind of file into rows. */
interface LineParser {

    /**
     * Reads the current line's object into a row.
     *
     * @throws JsonProblem if the line is no such object
     */
    void read(JsonCursor line);

    /** Whether a row was read, now or before. */
    boolean started();

    /** The rows read since the last call. */
    Rows take();

    /** A parser for other lines of the same file. */
    LineParser another();
}
