package dev.segue.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.json.ByteBuilder;
import dev.segue.json.IntBuilder;
import dev.segue.json.JsonCursor;

/**
 * Reads track ids from lines of JSON. For one thread.
 *
 * <p>A catalog's and a log's string ids are added to the table of {@link TrackIds}, those of a log that a server reads are only looked up.
 */
public final class TrackIdReader {

    private final ByteBuilder text = new ByteBuilder(TrackIds.MAX_LENGTH);
    private final boolean add;

    /** @param add whether new string ids are added to the table; if not, they are {@link TrackIds#UNKNOWN} */
    public TrackIdReader(boolean add) {
        this.add = add;
    }

    /**
     * Reads an id.
     *
     * @param message of the problem if the next value is not an id
     * @throws dev.segue.json.JsonProblem if the next value is not an id
     */
    public int read(JsonCursor json, String message) {
        if (!json.atString()) {
            return (int) json.integer(Integer.MAX_VALUE, message);
        }
        text.clear();
        json.string(text, message);
        int length = characters();
        if (length == 0 || length > TrackIds.MAX_LENGTH) {
            throw json.problem(message);
        }
        return add ? TrackIds.of(text.array(), 0, text.size()) : TrackIds.find(text.array(), 0, text.size());
    }

    /** Appends an array's ids. */
    public void readAll(JsonCursor json, IntBuilder ids, String message) {
        json.ids(ids, element -> read(element, message), message);
    }

    /** The string that was read last. */
    public String lastText() {
        return new String(text.array(), 0, text.size(), UTF_8);
    }

    /** The number of code points: UTF-8 bytes that are no continuation bytes. */
    private int characters() {
        int characters = 0;
        for (int i = 0; i < text.size(); i++) {
            characters += (text.array()[i] & 0xc0) == 0x80 ? 0 : 1;
        }
        return characters;
    }
}
