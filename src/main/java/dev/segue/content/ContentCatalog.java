package dev.segue.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.json.ByteBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import dev.segue.json.TextCache;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a track catalog: the rows of a track file with all their fields, such as tags for filters, and with {@code recommendations} and
 * {@code scores}, which replace those that the rows have.
 */
public final class ContentCatalog {

    private static final JsonFactory JSON_LINES =
            JsonFactory.builder().rootValueSeparator("\n").build();
    private static final byte[] RECOMMENDATIONS = "recommendations".getBytes(US_ASCII);
    private static final byte[] SCORES = "scores".getBytes(US_ASCII);

    private final IntMatrix lists;
    private final @Nullable FloatMatrix scores;
    private final IntUnaryOperator trackOf;
    private final TextCache names = new TextCache();
    private final ByteBuilder value = new ByteBuilder(1 << 10);
    private int row;

    private ContentCatalog(IntMatrix lists, @Nullable FloatMatrix scores, IntUnaryOperator trackOf) {
        this.lists = lists;
        this.scores = scores;
        this.trackOf = trackOf;
    }

    /**
     * Writes the catalog.
     *
     * @param tracks the track file
     * @param out may be the same file; gzipped if the name ends with {@code .gz}
     * @param lists tracks × k rows of the file, filled up with {@link ContentSearch#NONE}
     * @param scores tracks × k; null to omit them
     * @param trackOf the track of a row of the file
     * @throws FileException if a file cannot be read or written, or the track file has changed
     */
    public static void write(
            Path tracks, Path out, IntMatrix lists, @Nullable FloatMatrix scores, IntUnaryOperator trackOf) {
        OutputFile.write(out, stream -> new ContentCatalog(lists, scores, trackOf).write(tracks, stream));
    }

    private void write(Path tracks, OutputStream out) {
        try (JsonGenerator json = JSON_LINES.createGenerator(ObjectWriteContext.empty(), out)) {
            TrackFile.read(tracks, line -> row(line, json));
            json.writeRaw('\n');
        }
        if (row != lists.rows()) {
            throw changed(tracks.getFileName() + ": ");
        }
    }

    private static FileException changed(String prefix) {
        return new FileException(prefix + "the file changed while its neighbours were computed; run the command again");
    }

    private void row(JsonCursor line, JsonGenerator json) {
        if (row == lists.rows()) {
            throw new JsonProblem("the file changed while its neighbours were computed; run the command again");
        }
        json.writeStartObject();
        line.beginObject();
        while (line.nextName()) {
            if (line.nameIs(RECOMMENDATIONS) || line.nameIs(SCORES)) {
                line.skipValue();
            } else {
                json.writeName(line.name(names));
                value.clear();
                line.copyValue(value);
                json.writeRawValue(new String(value.array(), 0, value.size(), UTF_8));
            }
        }
        writeNeighbours(json);
        json.writeEndObject();
        row++;
    }

    private void writeNeighbours(JsonGenerator json) {
        json.writeName("recommendations");
        json.writeStartArray();
        int size = 0;
        while (size < lists.columns() && lists.get(row, size) != ContentSearch.NONE) {
            TrackCatalogWriter.writeId(json, trackOf.applyAsInt(lists.get(row, size++)));
        }
        json.writeEndArray();
        if (scores != null) {
            json.writeName("scores");
            json.writeStartArray();
            for (int i = 0; i < size; i++) {
                json.writeNumber(scores.get(row, i));
            }
            json.writeEndArray();
        }
    }
}
