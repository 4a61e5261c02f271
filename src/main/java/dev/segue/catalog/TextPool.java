package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.json.ByteBuilder;
import dev.segue.json.IntBuilder;
import java.util.Arrays;

/** Distinct texts numbered 0, 1, 2, …, stored as concatenated UTF-8. */
final class TextPool {

    private final byte[] utf8;
    private final int[] ends;
    /** Number + 1, or 0 for a free slot. The length is a power of two, or 0 if texts cannot be looked up. */
    private final int[] slots;

    private TextPool(byte[] utf8, int[] ends, int[] slots) {
        this.utf8 = utf8;
        this.ends = ends;
        this.slots = slots;
    }

    int size() {
        return ends.length;
    }

    String get(int number) {
        int start = start(number);
        return new String(utf8, start, ends[number] - start, UTF_8);
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /** The number of a text; -1 if the text is not in the pool or the pool has no table. */
    int find(String text) {
        if (slots.length == 0) {
            return -1;
        }
        byte[] bytes = text.getBytes(UTF_8);
        int slot = hash(bytes, 0, bytes.length) & (slots.length - 1);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (Arrays.equals(bytes, 0, bytes.length, utf8, start(number), ends[number])) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 16);
    }

    /** Collects distinct texts. */
    static final class Builder {
        private final ByteBuilder utf8 = new ByteBuilder(1 << 16);
        private final IntBuilder starts = new IntBuilder(1 << 12);
        /** Number + 1, or 0 for a free slot. */
        private int[] slots = new int[1 << 13];

        Builder() {
            starts.add(0);
        }

        /** The number of a text, which is added if it is new. */
        int number(byte[] bytes, int from, int to) {
            if (2 * starts.size() >= slots.length) {
                grow();
            }
            int slot = slot(bytes, from, to);
            if (slots[slot] == 0) {
                utf8.append(bytes, from, to);
                slots[slot] = starts.size();
                starts.add(utf8.size());
            }
            return slots[slot] - 1;
        }

        /** Builds a pool without the table for look-ups. */
        TextPool build() {
            return build(new int[0]);
        }

        /** Builds a pool in which texts can be looked up; takes 8 to 16 more bytes per text. */
        TextPool buildWithTable() {
            return build(slots.clone());
        }

        private TextPool build(int[] table) {
            int[] bounds = starts.toArray();
            return new TextPool(utf8.toArray(), Arrays.copyOfRange(bounds, 1, bounds.length), table);
        }

        private void grow() {
            slots = new int[slots.length * 2];
            for (int number = 0; number < starts.size() - 1; number++) {
                slots[slot(utf8.array(), starts.get(number), starts.get(number + 1))] = number + 1;
            }
        }

        /** The slot of a text, or the free slot where it belongs. */
        private int slot(byte[] bytes, int from, int to) {
            int mask = slots.length - 1;
            int slot = hash(bytes, from, to) & mask;
            while (slots[slot] != 0) {
                int number = slots[slot] - 1;
                if (Arrays.equals(bytes, from, to, utf8.array(), starts.get(number), starts.get(number + 1))) {
                    break;
                }
                slot = (slot + 1) & mask;
            }
            return slot;
        }
    }
}
