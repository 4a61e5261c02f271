package dev.segue.offpolicy;

import dev.segue.file.InputFile;
import dev.segue.file.UnreadableInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads numeric columns of a file of comma-separated values with a header. */
final class CsvRows implements AutoCloseable {

    private final Path file;
    private final BufferedReader reader;
    private final List<String> columns;
    private final int[] fieldOf;
    private int line = 1;

    private CsvRows(Path file, BufferedReader reader, List<String> columns, int[] fieldOf) {
        this.file = file;
        this.reader = reader;
        this.columns = columns;
        this.fieldOf = fieldOf;
    }

    /**
     * Opens a file.
     *
     * @param columns the names of the columns to read
     * @throws OffPolicyException if the file cannot be read, or does not have a column
     */
    static CsvRows open(Path file, List<String> columns) {
        try {
            var reader = new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8));
            String header = reader.readLine();
            List<String> names = header == null ? List.of() : fields(header);
            int[] fieldOf = columns.stream().mapToInt(names::indexOf).toArray();
            for (int i = 0; i < fieldOf.length; i++) {
                if (fieldOf[i] < 0) {
                    reader.close();
                    throw new OffPolicyException(file + ":1: the header has no column " + columns.get(i) + "; it needs "
                            + String.join(", ", columns));
                }
            }
            return new CsvRows(file, reader, columns, fieldOf);
        } catch (IOException e) {
            throw new OffPolicyException(file + ": " + UnreadableInput.explain(e), e);
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split(",", -1)) {
            fields.add(field.strip());
        }
        return fields;
    }

    /** The numbers of the next row in the order of the columns, NaN for empty fields; null at the end. */
    double @Nullable [] next() {
        try {
            String text = reader.readLine();
            line++;
            if (text == null || text.isBlank()) {
                return text == null ? null : next();
            }
            List<String> fields = fields(text);
            double[] numbers = new double[fieldOf.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(fields, i);
            }
            return numbers;
        } catch (IOException e) {
            throw new OffPolicyException(file + ":" + line + ": " + UnreadableInput.explain(e), e);
        }
    }

    private double number(List<String> fields, int column) {
        String text = fieldOf[column] < fields.size() ? fields.get(fieldOf[column]) : "";
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw error(columns.get(column) + " \"" + text + "\" is not a number");
        }
    }

    /**
     * Converts a number of the last row to an id.
     *
     * @throws OffPolicyException if it is not an integer from 0 to 2147483647
     */
    int id(double number, String column) {
        if (!(number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number))) {
            throw error(column + " " + number + " is not an integer from 0 to 2147483647");
        }
        return (int) number;
    }

    /** An error in the last row. */
    OffPolicyException error(String problem) {
        return new OffPolicyException(file + ":" + line + ": " + problem);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new OffPolicyException(file + ": " + UnreadableInput.explain(e), e);
        }
    }
}
