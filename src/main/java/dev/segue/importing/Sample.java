package dev.segue.importing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The beginning of a file.
 *
 * @param columns the names of the columns; in JSON, of the fields in the first rows, nested ones with dots
 * @param rows the first rows, values by column
 */
record Sample(List<String> columns, List<Map<String, String>> rows) {

    /** The number of bytes of a file that are examined. */
    static final int BYTES = 1 << 16;

    /** The maximum number of rows that are examined. */
    static final int ROWS = 500;

    Sample {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    boolean has(String... names) {
        return columns.containsAll(List.of(names));
    }

    /** The values of a column in the first rows. */
    Stream<String> values(String column) {
        return rows.stream().map(row -> row.get(column)).filter(Objects::nonNull);
    }
}
