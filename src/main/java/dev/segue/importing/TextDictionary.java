package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers texts from 0 in the order in which they come. A text has a tag, and equal texts with different tags are different.
 * Texts are bytes in blocks, so that a text takes its bytes and about 20 more.
 */
final class TextDictionary {

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int NONE = -1;

    private final List<byte[]> blocks = new ArrayList<>();
    private int used = BLOCK_BYTES;
    /** The position of each text, (block << 16) + offset; the tag and two bytes of the length come first. */
    private final LongColumn positions = new LongColumn();

    private int[] slots = IntColumn.array(1 << 10, NONE);

    /** The number of a text, which is a new one if the text is. */
    int number(String text, int tag) {
        byte[] bytes = text.getBytes(UTF_8);
        int slot = slot(bytes, tag);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        int number = positions.size();
        positions.add(store(bytes, tag));
        slots[slot] = number;
        if (2 * positions.size() > slots.length) {
            rehash();
        }
        return number;
    }

    /** The number of a text; -1 if there is no such text. */
    int find(String text, int tag) {
        return slots[slot(text.getBytes(UTF_8), tag)];
    }

    int size() {
        return positions.size();
    }

    int tag(int number) {
        return block(number)[offset(number)];
    }

    String text(int number) {
        return new String(block(number), offset(number) + 3, length(number), UTF_8);
    }

    private byte[] block(int number) {
        return blocks.get((int) (positions.get(number) >>> 16));
    }

    private int offset(int number) {
        return (int) positions.get(number) & (BLOCK_BYTES - 1);
    }

    private int length(int number) {
        byte[] block = block(number);
        int offset = offset(number);
        return ((block[offset + 1] & 0xff) << 8) | (block[offset + 2] & 0xff);
    }

    /** The slot of a text, or the free one for it. */
    private int slot(byte[] bytes, int tag) {
        int slot = hash(bytes, 0, bytes.length, tag) & (slots.length - 1);
        while (slots[slot] != NONE && !matches(slots[slot], bytes, tag)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean matches(int number, byte[] bytes, int tag) {
        byte[] block = block(number);
        int start = offset(number) + 3;
        return block[start - 3] == tag && Arrays.equals(block, start, start + length(number), bytes, 0, bytes.length);
    }

    private long store(byte[] bytes, int tag) {
        if (bytes.length > BLOCK_BYTES - 4) {
            throw new IllegalArgumentException("a text has more than " + (BLOCK_BYTES - 4) + " bytes");
        }
        if (used + bytes.length + 3 > BLOCK_BYTES) {
            blocks.add(new byte[BLOCK_BYTES]);
            used = 0;
        }
        byte[] block = blocks.get(blocks.size() - 1);
        int start = used;
        block[start] = (byte) tag;
        block[start + 1] = (byte) (bytes.length >> 8);
        block[start + 2] = (byte) bytes.length;
        System.arraycopy(bytes, 0, block, start + 3, bytes.length);
        used += bytes.length + 3;
        return ((long) (blocks.size() - 1) << 16) + start;
    }

    private void rehash() {
        slots = IntColumn.array(2 * slots.length, NONE);
        for (int number = 0; number < positions.size(); number++) {
            int start = offset(number) + 3;
            int slot = hash(block(number), start, length(number), tag(number)) & (slots.length - 1);
            while (slots[slot] != NONE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number;
        }
    }

    private static int hash(byte[] bytes, int start, int length, int tag) {
        int hash = tag;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9e3779b9;
        return hash ^ (hash >>> 15);
    }
}
