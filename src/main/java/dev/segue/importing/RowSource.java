package dev.segue.importing;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a file. */
interface RowSource {

    /** The kind of the file in words, such as {@code CSV}. */
    String kind();

    /** The beginning of the file. */
    Sample sample();

    /**
     * Reads all rows.
     *
     * @param columns the columns to read
     * @param rows receives the rows; the object is reused
     * @throws IOException if the file cannot be read to its end
     */
    void read(List<String> columns, Consumer<Row> rows) throws IOException;

    /** The number of bytes of the file that were read, as they lie on the disk. */
    long bytesRead();

    /** The place of a row without the row's number, such as {@code plays.csv:}. */
    String placePrefix();
}
