package dev.segue.importing;

import dev.segue.file.LineInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** The rows of JSON lines, a JSON array or Parquet. */
final class JsonRows implements RowSource {

    private final String kind;
    private final String name;
    private final LineInput lines;
    private final BufferedInputStream stream;
    private final Sample sample;

    /**
     * @param kind the kind of the file in words
     * @param name the file's name
     */
    JsonRows(String kind, String name, LineInput lines) throws IOException {
        this.kind = kind;
        this.name = name;
        this.lines = lines;
        stream = new BufferedInputStream(lines.stream(), Sample.BYTES);
        stream.mark(Sample.BYTES);
        byte[] head = stream.readNBytes(Sample.BYTES);
        stream.reset();
        sample = JsonSample.of(head, head.length < Sample.BYTES);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Sample sample() {
        return sample;
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public String placePrefix() {
        return lines.locationPrefix(name);
    }

    @Override
    public void read(List<String> columns, Consumer<Row> rows) throws IOException {
        var fields = new JsonFields(columns);
        var row = new Row(columns.size(), placePrefix());
        var line = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        long number = 1;
        try (InputStream in = stream) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, start, i - start);
                        accept(line, number++, fields, row, rows);
                        start = i + 1;
                    }
                }
                line.write(buffer, start, read - start);
            }
        }
        accept(line, number, fields, row, rows);
    }

    private static void accept(
            ByteArrayOutputStream line, long number, JsonFields fields, Row row, Consumer<Row> rows) {
        if (line.size() > 0) {
            row.clear(number);
            if (fields.read(line.toByteArray(), row)) {
                rows.accept(row);
            }
            line.reset();
        }
    }
}
