package dev.segue.content;

import dev.segue.catalog.LineChunks;
import dev.segue.file.FileException;
import dev.segue.file.LineInput;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the rows of a track file in their order. */
final class TrackFile {

    private static final int CHUNK_BYTES = 1 << 18;

    private TrackFile() {}

    /** Reads a row. */
    interface RowReader {
        /** Reads the object of the current line. */
        void read(JsonCursor line);
    }

    /**
     * Reads all rows.
     *
     * @throws FileException if the file cannot be read, or the reader refuses a line
     */
    static void read(Path file, RowReader rows) {
        try (LineInput lines = LineInput.open(file)) {
            var chunks = new LineChunks(lines.stream());
            var chunk = new LineChunks.Chunk(CHUNK_BYTES);
            var json = new JsonCursor(new byte[] {'\n'}, 0);
            for (long linesBefore = 0; chunks.next(chunk); linesBefore += json.line()) {
                json.start(chunk.bytes(), chunk.length());
                try {
                    while (json.nextLine()) {
                        rows.read(json);
                        json.endLine();
                    }
                } catch (JsonProblem e) {
                    throw new FileException(
                            lines.location(String.valueOf(file.getFileName()), linesBefore + json.line()) + ": "
                                    + e.getMessage(),
                            e);
                }
            }
        } catch (IOException e) {
            throw FileException.unreadable(file, e);
        }
    }
}
