package dev.segue.http;

import static dev.segue.http.FieldValues.bad;

import dev.segue.service.NextTrackQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads the lines of a batch, each as strictly as {@link RequestReader} reads a body. A line that is valid JSON but no valid query leads to
 * a problem in its place. Other lines make the whole batch a problem. Empty lines are skipped.
 */
final class BatchReader {

    /** Maximum number of lines of a batch. */
    static final int MAX_LINES = 1000;

    /** Maximum number of tracks in all lists of a batch; an explanation counts as {@value #EXPLANATION_TRACKS}. */
    static final int MAX_TRACKS = 50_000;

    private static final int EXPLANATION_TRACKS = 50;

    private final byte[] body;
    private final int maxLineBytes;
    private final List<Line> lines = new ArrayList<>();
    private int clampedCount;
    private int trackCount;

    private BatchReader(byte[] body, int maxLineBytes) {
        this.body = body;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * The lines of a request.
     *
     * @param lines 1 to {@value #MAX_LINES}
     * @param clampedCount how many of them have a share above 1 by more than rounding
     * @param type the media type of the request and of its response
     */
    record Batch(List<Line> lines, int clampedCount, String type) {}

    /** A line: either a query or the problem of a line that has none. */
    record Line(@Nullable NextTrackQuery query, @Nullable Problem problem) {

        Problem problemOfLine() {
            return Objects.requireNonNull(problem);
        }

        /** Whether the line leads to an event in the log. */
        boolean isLogged() {
            return query != null && !query.dryRun();
        }
    }

    static Batch read(HttpServletRequest request, BodySizes sizes) throws IOException {
        byte[] body = JsonBody.read(request, sizes.batch(), "application/x-ndjson", "application/jsonl");
        var reader = new BatchReader(body, sizes.single());
        reader.readLines();
        boolean isJsonl = request.getHeader("Content-Type").regionMatches(true, 0, "application/jsonl", 0, 17);
        return new Batch(
                List.copyOf(reader.lines), reader.clampedCount, isJsonl ? "application/jsonl" : "application/x-ndjson");
    }

    private void readLines() {
        int number = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            boolean isBlank = true;
            while (to < body.length && body[to] != '\n') {
                isBlank &= body[to] == ' ' || body[to] == '\t' || body[to] == '\r';
                to++;
            }
            number++;
            if (!isBlank) {
                if (lines.size() == MAX_LINES) {
                    throw bad("the body has more than " + MAX_LINES + " lines; send several requests");
                }
                lines.add(readLine(from, to - from, number));
            }
            from = to + 1;
        }
        if (lines.isEmpty()) {
            throw bad("the body has no lines; send a JSON object a line, such as"
                    + " {\"user\":1,\"track\":10,\"time\":0.3}");
        }
    }

    private Line readLine(int from, int length, int number) {
        try {
            return new Line(readQuery(from, length), null);
        } catch (JacksonException malformed) {
            throw notJson(malformed, number);
        } catch (ProblemException refused) {
            requireJson(from, length, number);
            Problem problem = refused.problem();
            return new Line(null, Problem.of(problem.status(), "line " + number + ": " + problem.detail()));
        }
    }

    private NextTrackQuery readQuery(int from, int length) {
        if (length > maxLineBytes) {
            throw Problem.of(
                            413,
                            "it is larger than " + maxLineBytes + " bytes; send less, or raise server.max_body_bytes")
                    .asException();
        }
        var reader = new QueryReader(RequestReader.BODY, null);
        try (JsonParser parser = parser(from, length)) {
            reader.readObject(parser, "it");
        }
        NextTrackQuery query = reader.query();
        int tracks = query.count() + (query.explain() ? EXPLANATION_TRACKS : 0);
        if (trackCount + tracks > MAX_TRACKS) {
            throw bad("the lists of the batch have more than " + MAX_TRACKS + " tracks, an explanation counted as "
                    + EXPLANATION_TRACKS + "; send fewer lines, or lower count");
        }
        trackCount += tracks;
        clampedCount += reader.isClamped() ? 1 : 0;
        return query;
    }

    private void requireJson(int from, int length, int number) {
        try (JsonParser parser = parser(from, length)) {
            while (parser.nextToken() != null) {
                // reads on
            }
        } catch (JacksonException malformed) {
            throw notJson(malformed, number);
        }
    }

    private JsonParser parser(int from, int length) {
        return Json.STRICT.createParser(ObjectReadContext.empty(), body, from, length);
    }

    private static ProblemException notJson(JacksonException malformed, int number) {
        return bad("the body is no JSON lines at line " + number + JsonBody.column(malformed) + ": "
                + JsonBody.reason(malformed) + "; write each object in one line");
    }
}
