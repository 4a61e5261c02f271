package dev.segue.catalog;

import dev.segue.catalog.LineChunks.Chunk;
import dev.segue.file.FileException;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of JSON lines on all cores of the fork-join pool that it is called in. Each task takes the next chunk,
 * parses it in its own buffers and leaves a compact result, so that memory holds the results and one chunk a task,
 * never the file.
 */
final class JsonLines {

    private static final int CHUNK_BYTES = 1 << 18;

    private final LineChunks chunks;
    private final ConcurrentSkipListMap<Integer, Part> parts = new ConcurrentSkipListMap<>();

    /** A chunk that was read: the number of its lines begun, and its rows up to the problem if it has one. */
    private record Part(int lines, Rows rows, @Nullable JsonProblem problem) {}

    private JsonLines(InputStream in) {
        chunks = new LineChunks(in);
    }

    /**
     * Reads the file's rows.
     *
     * @param location names a line in errors, by its number
     * @throws FileException for the first line that the parser refuses
     */
    static List<Rows> read(InputStream in, LineParser parser, IntFunction<String> location) throws IOException {
        var lines = new JsonLines(in);
        try {
            lines.parse(parser);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return lines.rows(location);
    }

    private void parse(LineParser parser) {
        var chunk = new Chunk(CHUNK_BYTES);
        // The first row determines the fields of all rows, so it is read before the others.
        boolean more = true;
        while (more && !parser.started()) {
            more = parseNext(chunk, parser);
        }
        List<ForkJoinTask<?>> helpers = new ArrayList<>();
        for (int i = 1; more && i < ForkJoinTask.getPool().getParallelism(); i++) {
            LineParser helper = parser.another();
            helpers.add(ForkJoinTask.adapt(() -> parseRest(new Chunk(CHUNK_BYTES), helper))
                    .fork());
        }
        parseRest(chunk, parser);
        helpers.forEach(ForkJoinTask::join);
    }

    private void parseRest(Chunk chunk, LineParser parser) {
        boolean more = true;
        while (more) {
            more = parseNext(chunk, parser);
        }
    }

    private boolean parseNext(Chunk chunk, LineParser parser) {
        try {
            if (!chunks.next(chunk)) {
                return false;
            }
        } catch (IOException e) {
            chunks.stop();
            throw new UncheckedIOException(e);
        }
        JsonProblem problem = null;
        var json = new JsonCursor(chunk.bytes(), chunk.length());
        try {
            while (json.nextLine()) {
                parser.read(json);
                json.endLine();
            }
        } catch (JsonProblem e) {
            chunks.stop();
            problem = e;
        }
        parts.put(chunk.number(), new Part(json.line(), parser.take(), problem));
        return problem == null;
    }

    private List<Rows> rows(IntFunction<String> location) {
        List<Rows> rows = new ArrayList<>();
        int lines = 0;
        for (Part part : parts.values()) {
            if (part.problem != null) {
                throw new FileException(location.apply(lines + part.lines) + ": " + part.problem.getMessage());
            }
            rows.add(part.rows.behindLine(lines));
            lines += part.lines;
        }
        return rows;
    }
}
