package dev.segue.importing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * Writes playbacks as an event log, in the order of time. A session has a {@code start} with the timestamp of its first playback,
 * a {@code next} for each playback but the last, and a {@code last}. Latency, recommendation and experiments are left out: the
 * services' recommendations are not known.
 */
final class EventLines {

    private static final byte[] START = ascii("{\"message\":\"start\",\"timestamp\":");
    private static final byte[] NEXT = ascii("{\"message\":\"next\",\"timestamp\":");
    private static final byte[] LAST = ascii("{\"message\":\"last\",\"timestamp\":");
    private static final byte[] USER = ascii(",\"user\":");
    private static final byte[] TRACK = ascii(",\"track\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] VERSION_AND_SESSION = ascii(",\"v\":1,\"session\":");
    private static final byte[] SEQUENCE = ascii(",\"seq\":");
    private static final byte[] END = ascii("}");

    private final PlayTable table;
    private final LineBytes line = new LineBytes();
    private final LineBytes id = new LineBytes();
    private final int[] session;
    private final int[] sequence;
    private final byte[][] listenerTokens;
    private final byte[][] trackTokens;

    EventLines(PlayTable table) {
        this.table = table;
        session = new int[table.listeners.bound()];
        sequence = new int[table.listeners.bound()];
        listenerTokens = new byte[table.listeners.bound()][];
        trackTokens = new byte[table.tracks.bound()][];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /**
     * Writes all playbacks that are not duplicates.
     *
     * @param byTime the rows in the order of time
     * @param progress receives the number of rows so far, after each row
     */
    void write(int[] byTime, OutputStream out, IntConsumer progress) throws IOException {
        for (int i = 0; i < byTime.length; i++) {
            int row = byTime[i];
            if (!table.is(row, PlayTable.DUPLICATE)) {
                write(row, out);
            }
            progress.accept(i + 1);
        }
    }

    private void write(int row, OutputStream out) throws IOException {
        int listener = table.listener(row);
        if (table.is(row, PlayTable.FIRST)) {
            session[listener]++;
            sequence[listener] = 0;
            begin(START, row, listener);
            end(listener, out);
        }
        begin(table.is(row, PlayTable.LAST) ? LAST : NEXT, row, listener);
        line.append(TRACK).append(token(trackTokens, table.tracks, table.track(row)));
        line.append(TIME).share(table.share(row));
        end(listener, out);
    }

    private void begin(byte[] start, int row, int listener) {
        line.append(start).number(table.timestamp(row));
        line.append(USER).append(token(listenerTokens, table.listeners, listener));
    }

    private void end(int listener, OutputStream out) throws IOException {
        line.append(VERSION_AND_SESSION).number(session[listener]);
        line.append(SEQUENCE).number(++sequence[listener]);
        line.append(END).end(out);
    }

    /** The JSON of an id, kept for the next use. */
    private byte[] token(byte[][] tokens, Ids ids, int number) {
        if (tokens[number] == null) {
            tokens[number] = id.id(ids, number).toBytes();
        }
        return tokens[number];
    }
}
