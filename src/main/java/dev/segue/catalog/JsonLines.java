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
 * Reads a file of JSON lines on all cores of the current fork-join pool. Each task takes the next chunk, parses it in
 * its own buffers and stores a compact result. So memory holds the results and one chunk per task, but not the whole
 * file.
 */
final class JsonLines {

    private static final int CHUNK_BYTES = 1 << 18;

    private final LineChunks chunks;
    private final ConcurrentSkipListMap<Integer, Part> parts = new ConcurrentSkipListMap<>();

    /** The result of a chunk: the number of lines read, and the rows up to the problem, if there is one. */
    private record Part(int lines, Rows rows, @Nullable JsonProblem problem) {}

    private JsonLines(InputStream in) {
        chunks = new LineChunks(in);
    }

    /**
     * Reads the rows of a file.
     *
     * @param location formats the location of a line, given its number, for error messages
     * @throws FileException for the first line that the parser rejects
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
        boolean hasMore = true;
        while (hasMore && !parser.started()) {
            hasMore = parseNext(chunk, parser);
        }
        List<ForkJoinTask<?>> helpers = new ArrayList<>();
        for (int i = 1; hasMore && i < ForkJoinTask.getPool().getParallelism(); i++) {
            LineParser helper = parser.newParser();
            helpers.add(ForkJoinTask.adapt(() -> parseRest(new Chunk(CHUNK_BYTES), helper))
                    .fork());
        }
        parseRest(chunk, parser);
        helpers.forEach(ForkJoinTask::join);
    }

    private void parseRest(Chunk chunk, LineParser parser) {
        boolean hasMore = true;
        while (hasMore) {
            hasMore = parseNext(chunk, parser);
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
        parts.put(chunk.number(), new Part(json.line(), parser.takeRows(), problem));
        return problem == null;
    }

    private List<Rows> rows(IntFunction<String> location) {
        List<Rows> rows = new ArrayList<>();
        int lines = 0;
        for (Part part : parts.values()) {
            if (part.problem != null) {
                throw new FileException(location.apply(lines + part.lines) + ": " + part.problem.getMessage());
            }
            rows.add(part.rows.withLinesBefore(lines));
            lines += part.lines;
        }
        return rows;
    }
}
