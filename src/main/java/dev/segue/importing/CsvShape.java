package dev.segue.importing;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.List;

/**
 * The form of a table of text.
 *
 * @param kind the kind of the table in words
 * @param separator the character between fields
 * @param quoted whether fields may be in double quotes
 * @param headerLines the number of lines before the first row
 * @param columns the names of the columns
 */
record CsvShape(String kind, char separator, boolean quoted, long headerLines, List<String> columns) {

    /** A character that text does not contain, for tables without quotes. */
    private static final char NO_QUOTE = '\u0001';

    CsvShape {
        columns = List.copyOf(columns);
    }

    /** The name of a separator in messages. */
    static String name(char separator) {
        return switch (separator) {
            case '\t' -> "tabs";
            case ';' -> "semicolons";
            case '|' -> "bars";
            default -> "commas";
        };
    }

    CsvReaderBuilder parser(int maxFieldCharacters) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter(quoted ? '"' : NO_QUOTE)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(maxFieldCharacters);
    }

    /** Whether a record is a comment, as in the log of a Rockbox player. */
    boolean isComment(CsvRows.FieldHandler record) {
        return !quoted && record.firstCharacter() == '#';
    }

    /** Whether a row has an expected number of fields. Programs leave out separators at the end of a line. */
    boolean isFieldCount(int fields, int expected) {
        return fields == expected || (!quoted && fields > 1 && fields < expected);
    }
}
