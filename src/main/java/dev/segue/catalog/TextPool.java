package dev.segue.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.json.ByteBuilder;
import dev.segue.json.IntBuilder;
import java.util.Arrays;

/** Distinct texts numbered 0, 1, 2, …, kept as UTF-8 one behind the other. */
final class TextPool {

    private final byte[] utf8;
    private final int[] ends;

    private TextPool(byte[] utf8, int[] ends) {
        this.utf8 = utf8;
        this.ends = ends;
    }

    int size() {
        return ends.length;
    }

    String get(int number) {
        int start = number == 0 ? 0 : ends[number - 1];
        return new String(utf8, start, ends[number] - start, UTF_8);
    }

    /** Collects texts, with a table to find those it has; the pool goes without. */
    static final class Builder {
        private final ByteBuilder utf8 = new ByteBuilder(1 << 16);
        private final IntBuilder starts = new IntBuilder(1 << 12);
        /** Number + 1, or 0 where free. */
        private int[] slots = new int[1 << 13];

        Builder() {
            starts.add(0);
        }

        /** The number of this text, given now if it is new. */
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

        TextPool build() {
            int[] bounds = starts.toArray();
            return new TextPool(utf8.toArray(), Arrays.copyOfRange(bounds, 1, bounds.length));
        }

        private void grow() {
            slots = new int[slots.length * 2];
            for (int number = 0; number < starts.size() - 1; number++) {
                slots[slot(utf8.array(), starts.get(number), starts.get(number + 1))] = number + 1;
            }
        }

        /** The slot of this text, or the free one where it would go. */
        private int slot(byte[] bytes, int from, int to) {
            int hash = 0;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            int mask = slots.length - 1;
            int slot = (hash ^ (hash >>> 16)) & mask;
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
