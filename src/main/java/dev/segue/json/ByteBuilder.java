package dev.segue.json;

import java.util.Arrays;

/**
 * A growable array of bytes. Unlike {@link java.io.ByteArrayOutputStream}, it is not synchronized and gives access to
 * the array.
 */
public final class ByteBuilder {

    private byte[] bytes;
    private int size;

    public ByteBuilder(int capacity) {
        bytes = new byte[capacity];
    }

    public void append(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    public void append(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Appends a code point in UTF-8. */
    public void appendCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            append(codePoint);
            return;
        }
        if (codePoint < 0x800) {
            append(0xc0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                append(0xe0 | (codePoint >> 12));
            } else {
                append(0xf0 | (codePoint >> 18));
                append(0x80 | ((codePoint >> 12) & 0x3f));
            }
            append(0x80 | ((codePoint >> 6) & 0x3f));
        }
        append(0x80 | (codePoint & 0x3f));
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** The array, whose first {@link #size} bytes are the contents; valid until the next append. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int additional) {
        int needed = Math.addExact(size, additional);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
