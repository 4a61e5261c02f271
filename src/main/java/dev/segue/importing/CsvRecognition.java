package dev.segue.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognises separator, header and columns of a table of text by its beginning. */
final class CsvRecognition {

    static final List<String> LAST_FM_COLUMNS = List.of("artist", "album", "title", "date (UTC)");
    static final List<String> ROCKBOX_COLUMNS =
            List.of("artist", "album", "title", "track number", "length", "rating", "timestamp", "MusicBrainz id");
    static final List<String> SESSION_REC_COLUMNS = List.of("SessionId", "ItemId", "Time");

    private static final String ROCKBOX = "#AUDIOSCROBBLER";
    private static final char[] SEPARATORS = {'\t', ',', ';', '|'};

    private final String head;
    private final List<String> header;

    /**
     * @param head the beginning of the file
     * @param header the names of the columns if the table has no header line; otherwise empty
     */
    CsvRecognition(String head, List<String> header) {
        this.head = head;
        this.header = header;
    }

    /** The form of a table and its first rows. */
    record Recognized(CsvShape shape, Sample sample) {}

    /**
     * Recognises a table.
     *
     * @throws UnreadableInput if the text is not a table
     */
    Recognized recognize() throws UnreadableInput {
        if (head.startsWith(ROCKBOX)) {
            return withSample(new CsvShape("Rockbox log", '\t', false, 0, ROCKBOX_COLUMNS));
        }
        String firstLine =
                head.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char separator = separator(firstLine);
        String kind = separator == ',' ? "CSV" : "table with " + CsvShape.name(separator);
        var withoutNames = new CsvShape(kind, separator, true, 0, List.of());
        List<CsvRecord> records = records(withoutNames, 1);
        if (records.isEmpty()) {
            throw new UnreadableInput("empty; name a file with rows");
        }
        CsvRecord first = records.get(0);
        List<String> columns = columnsWithoutHeader(first.getFields());
        if (!columns.isEmpty()) {
            return withSample(new CsvShape(kind, separator, true, 0, columns));
        }
        if (first.getFieldCount() < 2) {
            throw new UnreadableInput("text without columns; name a table (CSV, TSV), JSON or Parquet");
        }
        long lines = first.getStartingLineNumber()
                + first.getFields().stream()
                        .flatMapToInt(String::chars)
                        .filter(c -> c == '\n')
                        .count();
        return withSample(new CsvShape(kind, separator, true, lines, names(first.getFields())));
    }

    /** The separator that the first line has most of. */
    private static char separator(String line) {
        char best = ',';
        long most = 0;
        String unquoted = line.replaceAll("\"[^\"]*\"", "");
        for (char separator : SEPARATORS) {
            long count = unquoted.chars().filter(c -> c == separator).count();
            if (count > most) {
                best = separator;
                most = count;
            }
        }
        return best;
    }

    /** The columns of a table without a header line; empty if it has one. */
    private List<String> columnsWithoutHeader(List<String> first) throws UnreadableInput {
        if (!header.isEmpty()) {
            if (header.size() != first.size()) {
                throw new UnreadableInput(
                        "the rows have " + first.size() + " fields, and --columns names " + header.size());
            }
            return header;
        }
        Set<String> known = Mapper.guessedNames().collect(Collectors.toSet());
        if (first.stream().map(Mapper::normalized).anyMatch(known::contains)) {
            return List.of();
        }
        if (first.size() == LAST_FM_COLUMNS.size() && Timestamps.isLastFm(first.get(3))) {
            return LAST_FM_COLUMNS;
        }
        boolean numbers = first.stream().noneMatch(field -> Double.isNaN(Numbers.parse(field.strip())));
        return numbers && first.size() == SESSION_REC_COLUMNS.size() ? SESSION_REC_COLUMNS : List.of();
    }

    /** The names of a header; names that are blank or occur twice get their number. */
    private static List<String> names(List<String> fields) {
        List<String> names = new ArrayList<>();
        for (String field : fields) {
            String name = field.strip();
            names.add(name.isEmpty() || names.contains(name) ? name + "#" + (names.size() + 1) : name);
        }
        return names;
    }

    private Recognized withSample(CsvShape shape) throws UnreadableInput {
        List<Map<String, String>> rows = new ArrayList<>();
        for (CsvRecord csv : records(shape, Sample.ROWS)) {
            if (csv.getStartingLineNumber() > shape.headerLines()
                    && csv.getFieldCount() == shape.columns().size()) {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < csv.getFieldCount(); i++) {
                    if (!csv.getField(i).isBlank()) {
                        row.put(shape.columns().get(i), csv.getField(i).strip());
                    }
                }
                rows.add(row);
            }
        }
        return new Recognized(shape, new Sample(shape.columns(), rows));
    }

    /** The first records; those at the end of the beginning may be cut. */
    private List<CsvRecord> records(CsvShape shape, int limit) throws UnreadableInput {
        List<CsvRecord> records = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = shape.parser(Sample.BYTES).ofCsvRecord(head)) {
            for (CsvRecord csvRecord : csv) {
                if (records.size() == limit) {
                    break;
                }
                records.add(csvRecord);
            }
        } catch (CsvParseException | UncheckedIOException e) {
            // the rows before are enough
        } catch (IOException e) {
            throw new UnreadableInput(String.valueOf(e.getMessage()));
        }
        return records;
    }
}
