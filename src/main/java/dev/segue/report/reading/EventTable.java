package dev.segue.report.reading;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a log in memory, 56 bytes each. A row consists of seven adjacent longs, so that reading an event in random
 * order takes one access to memory instead of one for each field.
 */
final class EventTable {

    /** The bytes of an event, including its position in the order of events. */
    static final int BYTES_PER_EVENT = 7 * Long.BYTES + Integer.BYTES;

    private static final int TIMESTAMP = 0;
    private static final int SESSION = 1;
    private static final int TIME = 2;
    private static final int LATENCY = 3;
    private static final int LISTENER_AND_SEQUENCE = 4;
    private static final int TRACK_AND_RECOMMENDATION = 5;
    private static final int FLAGS = 6;
    private static final int WIDTH = 7;

    private static final int MESSAGE = 3;
    private static final int TRACED = 4;
    private static final int FALLBACK = 8;
    private static final int ARMS_SHIFT = 4;

    private static final long LOW = 0xffffffffL;

    private static final Message[] MESSAGES = {Message.START, Message.NEXT, Message.LAST};

    /**
     * The binary logarithm of the number of rows in a block. A block takes less than half a megabyte, so that garbage
     * collectors do not treat it as a large object.
     */
    private static final int BLOCK_BITS = 13;

    private static final int BLOCK_ROWS = 1 << BLOCK_BITS;
    private static final int MOST_BLOCKS = 1 << (31 - BLOCK_BITS);

    private final List<long[]> blocks = new ArrayList<>();
    private final List<ListenerId> listeners;
    private final List<Arms> arms;
    private long size;
    private long logEnd = Long.MIN_VALUE;

    /**
     * @param parts the parts in the order of their events in the log
     * @param listeners the listeners by their numbers
     * @param arms the arms by their numbers
     */
    EventTable(List<Part> parts, List<ListenerId> listeners, List<Arms> arms) {
        this.listeners = List.copyOf(listeners);
        this.arms = List.copyOf(arms);
        for (Part part : parts) {
            blocks.addAll(part.blocks);
            size += part.size;
            logEnd = Math.max(logEnd, part.logEnd);
        }
        if (blocks.size() > MOST_BLOCKS) {
            throw new ReportException("the log has more events than a report can take in at once; report parts of it");
        }
    }

    long size() {
        return size;
    }

    /** The largest timestamp, in ms since 1970. */
    long logEnd() {
        return logEnd;
    }

    List<ListenerId> listeners() {
        return listeners;
    }

    List<Arms> arms() {
        return arms;
    }

    /** Orders the rows by listener, and each listener's rows as they are in the log. */
    Order order() {
        int[] starts = new int[listeners.size() + 1];
        for (long[] block : blocks) {
            for (int at = LISTENER_AND_SEQUENCE; at < block.length; at += WIDTH) {
                starts[(int) (block[at] >>> 32) + 1]++;
            }
        }
        for (int listener = 0; listener < listeners.size(); listener++) {
            starts[listener + 1] += starts[listener];
        }
        int[] next = starts.clone();
        int[] rows = new int[Math.toIntExact(size)];
        for (int number = 0; number < blocks.size(); number++) {
            long[] block = blocks.get(number);
            for (int at = 0; at < block.length; at += WIDTH) {
                int listener = (int) (block[at + LISTENER_AND_SEQUENCE] >>> 32);
                rows[next[listener]++] = (number << BLOCK_BITS) | (at / WIDTH);
            }
        }
        return new Order(rows, starts);
    }

    /**
     * Rows by listener.
     *
     * @param rows the rows of all listeners
     * @param starts the position of each listener's first row, and finally the number of rows
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Order(int[] rows, int[] starts) {}

    /** Gives access to one row at a time. */
    final class Cursor implements LogEvent {

        private long[] block = {};
        private int base;

        /** Moves to a row. */
        Cursor at(int row) {
            block = blocks.get(row >>> BLOCK_BITS);
            base = (row & (BLOCK_ROWS - 1)) * WIDTH;
            return this;
        }

        /** Whether all fields are equal to those of another row. Both rows belong to one listener. */
        boolean isSame(Cursor other) {
            for (int field = 0; field < WIDTH; field++) {
                if (block[base + field] != other.block[other.base + field]) {
                    return false;
                }
            }
            return true;
        }

        /** A hash of all fields except the listener. */
        long fingerprint() {
            return Arrays.hashCode(Arrays.copyOfRange(block, base, base + WIDTH)) * LOW
                    ^ block[base + LATENCY] * 31
                    ^ block[base + TIME];
        }

        @Override
        public Message message() {
            return MESSAGES[(int) block[base + FLAGS] & MESSAGE];
        }

        @Override
        public long timestamp() {
            return block[base + TIMESTAMP];
        }

        @Override
        public long session() {
            return block[base + SESSION];
        }

        @Override
        public int sequence() {
            return (int) block[base + LISTENER_AND_SEQUENCE];
        }

        @Override
        public int track() {
            return (int) (block[base + TRACK_AND_RECOMMENDATION] >> 32);
        }

        @Override
        public double time() {
            return Double.longBitsToDouble(block[base + TIME]);
        }

        @Override
        public double latency() {
            return Double.longBitsToDouble(block[base + LATENCY]);
        }

        @Override
        public int recommendation() {
            return (int) block[base + TRACK_AND_RECOMMENDATION];
        }

        @Override
        public boolean isTraced() {
            return (block[base + FLAGS] & TRACED) != 0;
        }

        @Override
        public boolean isFallback() {
            return (block[base + FLAGS] & FALLBACK) != 0;
        }

        @Override
        public Arms arms() {
            return arms.get((int) (block[base + FLAGS] >>> ARMS_SHIFT));
        }
    }

    /** Consecutive events of the log, which one thread reads. */
    static final class Part {

        private final List<long[]> blocks = new ArrayList<>();
        private long[] block = {};
        private int at;
        private long size;
        private long logEnd = Long.MIN_VALUE;

        /**
         * Adds an event.
         *
         * @param listener the listener's number
         * @param arms the number of the event's arms
         */
        void add(Event event, int listener, int arms) {
            if (at == block.length) {
                block = new long[BLOCK_ROWS * WIDTH];
                blocks.add(block);
                at = 0;
            }
            Playback playback = event.playback();
            var recommendation = event.recommendation();
            block[at + TIMESTAMP] = event.timestamp();
            block[at + SESSION] = event.session();
            block[at + TIME] = Double.doubleToRawLongBits(playback == null ? 0 : playback.time());
            block[at + LATENCY] = Double.doubleToRawLongBits(event.latency());
            block[at + LISTENER_AND_SEQUENCE] = pair(listener, event.sequence());
            block[at + TRACK_AND_RECOMMENDATION] =
                    pair(playback == null ? Recommendation.NO_TRACK : playback.track(), recommendation.track());
            block[at + FLAGS] = ((long) arms << ARMS_SHIFT)
                    | code(event.message())
                    | (recommendation.hasOrigin() ? TRACED : 0)
                    | (recommendation.fallback() == 0 ? 0 : FALLBACK);
            at += WIDTH;
            size++;
            logEnd = Math.max(logEnd, event.timestamp());
        }

        /** The index in {@link #MESSAGES}. */
        private static int code(Message message) {
            return switch (message) {
                case START -> 0;
                case NEXT -> 1;
                case LAST -> 2;
            };
        }

        private static long pair(int high, int low) {
            return ((long) high << 32) | (low & LOW);
        }

        /** Frees the unused room after the last event. */
        void end() {
            if (at < block.length) {
                blocks.set(blocks.size() - 1, Arrays.copyOf(block, at));
            }
            block = new long[0];
            at = 0;
        }

        long size() {
            return size;
        }
    }
}
