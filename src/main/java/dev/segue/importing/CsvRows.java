package dev.segue.importing;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.segue.file.InputMember;
import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a table of text: CSV, TSV, or the log of a Rockbox player. */
final class CsvRows implements RowSource {

    /** Fields are longer only if a closing quote is missing. */
    private static final int MAX_FIELD_CHARACTERS = 1 << 20;

    private final InputMember member;
    private final CsvShape shape;
    private final Sample sample;

    CsvRows(InputMember member, CsvShape shape, Sample sample) {
        this.member = member;
        this.shape = shape;
        this.sample = sample;
    }

    @Override
    public String kind() {
        return shape.kind();
    }

    @Override
    public Sample sample() {
        return sample;
    }

    @Override
    public long bytesRead() {
        return member.bytesRead().getAsLong();
    }

    @Override
    public String placePrefix() {
        return member.name() + ":";
    }

    @Override
    public void read(List<String> columns, Consumer<Row> rows) throws IOException {
        var handler = new FieldHandler(columns);
        long line = 0;
        try (CsvReader<Row> csv = shape.parser(MAX_FIELD_CHARACTERS).build(handler, new Utf8Reader(member.content()))) {
            for (Row row : csv) {
                line = row.number();
                if (line > shape.headerLines() && !shape.isComment(handler)) {
                    rows.accept(row);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw new UnreadableInput("the table cannot be read behind line " + line
                    + " (a field that begins with a quote may have no closing one); correct the line");
        }
    }

    /** Keeps the selected fields of a record as a row. */
    final class FieldHandler extends AbstractBaseCsvCallbackHandler<Row> {

        private final Row row;
        private final int[] selected;
        private char firstCharacter;

        FieldHandler(List<String> columns) {
            row = new Row(columns.size(), placePrefix());
            selected = new int[sample.columns().size()];
            Arrays.fill(selected, -1);
            for (int i = 0; i < columns.size(); i++) {
                selected[sample.columns().indexOf(columns.get(i))] = i;
            }
        }

        /** The first character of the record; 0 if its first field is empty. */
        char firstCharacter() {
            return firstCharacter;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            row.clear(startingLineNumber);
            firstCharacter = 0;
        }

        @Override
        protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
            if (field == 0 && length > 0) {
                firstCharacter = buffer[offset];
            }
            if (field < selected.length && selected[field] >= 0 && length > 0) {
                row.set(selected[field], new String(buffer, offset, length), Row.Type.UNTYPED);
            }
        }

        @Override
        protected Row buildRecord() {
            int fields = getFieldCount();
            if (getRecordType() == RecordType.DATA && !shape.isFieldCount(fields, selected.length)) {
                row.setProblem(Reason.WRONG_FIELD_COUNT, fields + " fields instead of " + selected.length);
            }
            return row;
        }
    }
}
