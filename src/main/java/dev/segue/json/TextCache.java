package dev.segue.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of strings that occur repeatedly, such as names, so that each string is created once instead of for each
 * line. Not thread-safe.
 */
public final class TextCache {

    private static final int SLOTS = 256;

    private final byte[] @Nullable [] keys = new byte[SLOTS][];
    private final @Nullable String[] texts = new String[SLOTS];

    /** The string of these UTF-8 bytes. */
    String get(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        byte[] key = keys[slot];
        String text = texts[slot];
        if (key == null || text == null || !Arrays.equals(key, 0, key.length, bytes, from, to)) {
            text = new String(bytes, from, to - from, UTF_8);
            keys[slot] = Arrays.copyOfRange(bytes, from, to);
            texts[slot] = text;
        }
        return text;
    }
}
