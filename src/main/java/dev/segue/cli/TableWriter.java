package dev.segue.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Prints rows of named values for programs, as CSV or JSON. */
final class TableWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private TableWriter() {}

    static void printJson(Object figures, PrintWriter out) {
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }

    /** Prints rows with all columns that occur in any of them. */
    static void printCsv(List<Map<String, @Nullable Object>> rows, PrintWriter out) {
        List<String> columns = new ArrayList<>();
        rows.forEach(row -> row.keySet().stream()
                .filter(column -> !columns.contains(column))
                .forEach(columns::add));
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out); // out stays open
        csv.writeRecord(columns);
        for (Map<String, @Nullable Object> row : rows) {
            csv.writeRecord(columns.stream()
                    .map(column -> Objects.toString(row.get(column), ""))
                    .toList());
        }
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number, or null if JSON has no such number. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
