package dev.segue.catalog;

import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;

/** Parses the lines of one kind of file into rows. */
interface LineParser {

    /**
     * Reads the current line's object into a row.
     *
     * @throws JsonProblem if the line is invalid
     */
    void read(JsonCursor line);

    /** Whether the file's first row was read, which determines the fields of all rows. */
    boolean started();

    /** Returns and removes the rows read since the last call. */
    Rows takeRows();

    /** Creates a parser for other lines of the same file. */
    LineParser newParser();
}
