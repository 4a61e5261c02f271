package dev.segue.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts that come again and again, such as names, so that each is made once and not for each line. For one thread. */
public final class TextCache {

    private static final int SLOTS = 256;

    private final byte[] @Nullable [] keys = new byte[SLOTS][];
    private final @Nullable String[] texts = new String[SLOTS];

    /** The text of these bytes of UTF-8. */
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
