package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackIdReader;
import dev.segue.id.TrackIds;
import dev.segue.json.ByteBuilder;
import dev.segue.json.JsonCursor;
import dev.segue.json.JsonProblem;

/** Parses lines {@code {"user":1,"tracks":[…]}}, where the user is any listener id. */
final class ListenerLineParser implements LineParser {

    private static final byte[] USER = "user".getBytes(US_ASCII);
    private static final byte[] TRACKS = "tracks".getBytes(US_ASCII);
    private static final String BAD_USER =
            "\"user\" must be an integer from 0 to 2^63-1 or a string of 1 to " + ListenerId.MAX_LENGTH + " characters";
    private static final String BAD_TRACKS = "\"tracks\" must be an array of track ids, each " + TrackIds.FORM;

    private final Rows.Builder rows = new Rows.Builder();
    private final TrackIdReader ids = new TrackIdReader(true);
    private final ByteBuilder text = new ByteBuilder(ListenerId.MAX_LENGTH);

    @Override
    public void read(JsonCursor line) {
        long listener = 0;
        boolean hasUser = false;
        boolean hasTracks = false;
        line.beginObject();
        while (line.nextName()) {
            if (line.nameIs(USER)) {
                requireUnique(!hasUser, "user");
                hasUser = true;
                listener = listener(line);
            } else if (line.nameIs(TRACKS)) {
                requireUnique(!hasTracks, "tracks");
                hasTracks = true;
                ids.readAll(line, rows.ids, BAD_TRACKS);
            } else {
                line.skipValue();
            }
        }
        if (!hasUser || !hasTracks) {
            throw new JsonProblem("missing \"" + (hasUser ? "tracks" : "user") + "\"; every row needs it");
        }
        rows.endRow(listener, line.line());
    }

    private static void requireUnique(boolean first, String field) {
        if (!first) {
            throw new JsonProblem('"' + field + "\" appears twice in the line; keep one");
        }
    }

    private long listener(JsonCursor line) {
        if (!line.atString()) {
            return ListenerId.of(line.integer(Long.MAX_VALUE, BAD_USER)).key();
        }
        text.clear();
        line.string(text, BAD_USER);
        try {
            return ListenerId.ofString(new String(text.array(), 0, text.size(), UTF_8))
                    .key();
        } catch (IllegalArgumentException e) {
            throw new JsonProblem(BAD_USER);
        }
    }

    @Override
    public boolean started() {
        return true; // every row has both fields
    }

    @Override
    public Rows takeRows() {
        return rows.take();
    }

    @Override
    public LineParser newParser() {
        return new ListenerLineParser();
    }
}
