package dev.segue.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Prints figures for programs: rows of named values, as CSV or JSON. */
final class TableWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private TableWriter() {}

    static void printJson(Object figures, PrintWriter out) {
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }

    /** All columns that any row has. */
    static void printCsv(List<Map<String, @Nullable Object>> rows, PrintWriter out) {
        List<String> columns = new ArrayList<>();
        rows.forEach(row -> row.keySet().stream()
                .filter(column -> !columns.contains(column))
                .forEach(columns::add));
        out.println(String.join(",", columns));
        for (Map<String, @Nullable Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                Object value = row.get(column);
                cells.add(value == null ? "" : value.toString());
            }
            out.println(String.join(",", cells));
        }
    }

    /** A number that JSON can say, or null. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
