package dev.segue.id;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Distinct texts of at most 65,535 bytes, numbered 0, 1, 2, … in the order in which they were added. Texts are never removed.
 *
 * <p>The bytes of all texts are in one pool, and an open-addressing table that is at most half full finds a text's number:
 * 10 to 22 bytes for each text beside its own bytes, and no object. Threads read without locks while one thread adds: a text's bytes
 * and its start are written before its slot, and the slot is written with release and read with acquire semantics.
 */
final class StringTable {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int STARTS_BITS = 16;
    private static final int STARTS = 1 << STARTS_BITS;
    private static final int LENGTH_BYTES = 2;
    private static final int MAX_CHUNKS = 1 << (Integer.SIZE - CHUNK_BITS);

    /** Each text follows its length, two bytes; no text crosses the end of a chunk. */
    private volatile byte[][] chunks = {};
    /** The position of each text's length in the pool, an unsigned int: chunk and position in the chunk. */
    private volatile int[][] starts = {};
    /** Number + 1, or 0 where free. */
    private volatile int[] slots = new int[16];

    private volatile int size;
    private int chunkEnd = CHUNK;

    int size() {
        return size;
    }

    /** The number of a text, or -1. */
    int find(byte[] text, int from, int to) {
        int[] table = slots;
        int mask = table.length - 1;
        int slot = hash(text, from, to) & mask;
        while (true) {
            int entry = (int) SLOT.getAcquire(table, slot);
            if (entry == 0) {
                return -1;
            }
            if (isAt(entry - 1, text, from, to)) {
                return entry - 1;
            }
            slot = (slot + 1) & mask;
        }
    }

    /**
     * The number of a text, which is added if it is new.
     *
     * @throws IllegalStateException if the pool has 4 GiB
     */
    int add(byte[] text, int from, int to) {
        int found = find(text, from, to);
        return found >= 0 ? found : addNew(text, from, to);
    }

    private synchronized int addNew(byte[] text, int from, int to) {
        int found = find(text, from, to); // another thread may have added it
        if (found >= 0) {
            return found;
        }
        if (2 * size >= slots.length) {
            grow();
        }
        int number = size;
        append(number, text, from, to);
        size = number + 1;
        insert(slots, number, hash(text, from, to));
        return number;
    }

    private void append(int number, byte[] text, int from, int to) {
        int length = to - from;
        if (chunkEnd + LENGTH_BYTES + length > CHUNK) {
            if (chunks.length == MAX_CHUNKS) {
                throw new IllegalStateException("text ids take more than 4 GiB; shorten the ids");
            }
            byte[][] more = Arrays.copyOf(chunks, chunks.length + 1);
            more[chunks.length] = new byte[CHUNK];
            chunks = more;
            chunkEnd = 0;
        }
        if (number >>> STARTS_BITS == starts.length) {
            int[][] more = Arrays.copyOf(starts, starts.length + 1);
            more[starts.length] = new int[STARTS];
            starts = more;
        }
        byte[] chunk = chunks[chunks.length - 1];
        starts[number >>> STARTS_BITS][number & (STARTS - 1)] = ((chunks.length - 1) << CHUNK_BITS) | chunkEnd;
        chunk[chunkEnd] = (byte) (length >>> Byte.SIZE);
        chunk[chunkEnd + 1] = (byte) length;
        System.arraycopy(text, from, chunk, chunkEnd + LENGTH_BYTES, length);
        chunkEnd += LENGTH_BYTES + length;
    }

    private void grow() {
        int[] table = new int[Math.multiplyExact(slots.length, 2)];
        for (int number = 0; number < size; number++) {
            byte[] text = bytes(number);
            insert(table, number, hash(text, 0, text.length));
        }
        slots = table;
    }

    private static void insert(int[] table, int number, int hash) {
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        SLOT.setRelease(table, slot, number + 1);
    }

    private boolean isAt(int number, byte[] text, int from, int to) {
        int start = start(number);
        byte[] chunk = chunk(start);
        int at = start & (CHUNK - 1);
        int length = length(chunk, at);
        int first = at + LENGTH_BYTES;
        return length == to - from && Arrays.equals(chunk, first, first + length, text, from, to);
    }

    /** The bytes of a text from 0 to {@link #size} - 1, in UTF-8. */
    byte[] bytes(int number) {
        int start = start(number);
        byte[] chunk = chunk(start);
        int at = start & (CHUNK - 1);
        return Arrays.copyOfRange(chunk, at + LENGTH_BYTES, at + LENGTH_BYTES + length(chunk, at));
    }

    private int start(int number) {
        return starts[number >>> STARTS_BITS][number & (STARTS - 1)];
    }

    private byte[] chunk(int start) {
        return chunks[start >>> CHUNK_BITS];
    }

    private static int length(byte[] chunk, int at) {
        return (chunk[at] & 0xff) << Byte.SIZE | (chunk[at + 1] & 0xff);
    }

    private static int hash(byte[] text, int from, int to) {
        return MurmurHash3.hash32x86(text, from, to - from, 0);
    }
}
