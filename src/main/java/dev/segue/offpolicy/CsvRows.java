package dev.segue.offpolicy;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.segue.file.InputFile;
import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads numeric columns of a CSV file with a header. */
final class CsvRows implements AutoCloseable {

    private final Path file;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private final int[] fieldOf;
    private long line = 1;

    private CsvRows(Path file, CsvReader<CsvRecord> reader, List<String> columns) {
        this.file = file;
        this.reader = reader;
        this.columns = columns;
        records = reader.iterator();
        CsvRecord header = record();
        List<String> names = header == null
                ? List.of()
                : header.getFields().stream().map(String::strip).toList();
        fieldOf = columns.stream().mapToInt(names::indexOf).toArray();
    }

    /**
     * Opens a file.
     *
     * @param columns the names of the columns to read
     * @throws OffPolicyException if the file cannot be read, or does not have a column
     */
    static CsvRows open(Path file, List<String> columns) {
        CsvRows rows;
        try {
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8));
            rows = new CsvRows(file, reader, columns);
        } catch (IOException e) {
            throw new OffPolicyException(file + ": " + UnreadableInput.explain(e), e);
        }
        for (int i = 0; i < rows.fieldOf.length; i++) {
            if (rows.fieldOf[i] < 0) {
                rows.close();
                throw new OffPolicyException(file + ":1: the header has no column " + columns.get(i) + "; it needs "
                        + String.join(", ", columns));
            }
        }
        return rows;
    }

    /** The next record, without blank lines; null at the end. */
    private @Nullable CsvRecord record() {
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber();
                if (record.getFieldCount() > 1 || !record.getField(0).isBlank()) {
                    return record;
                }
            }
            return null;
        } catch (UncheckedIOException e) {
            throw new OffPolicyException(
                    file + ":" + (line + 1) + ": " + UnreadableInput.explain(Objects.requireNonNull(e.getCause())), e);
        } catch (CsvParseException e) {
            throw new OffPolicyException(file + ":" + (line + 1) + ": " + e.getMessage(), e);
        }
    }

    /** The numbers of the next row in the order of the columns, NaN for empty fields; null at the end. */
    double @Nullable [] next() {
        CsvRecord record = record();
        if (record == null) {
            return null;
        }
        double[] numbers = new double[fieldOf.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(record, i);
        }
        return numbers;
    }

    private double number(CsvRecord record, int column) {
        int field = fieldOf[column];
        String text = field < record.getFieldCount() ? record.getField(field).strip() : "";
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
