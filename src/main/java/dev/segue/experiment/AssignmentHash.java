package dev.segue.experiment;

import dev.segue.id.ListenerId;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The hash that splits listeners, identical to Botify's: MurmurHash3 x86 32-bit (Appleby 2011) of the listener's text in UTF-8, as an
 * unsigned number. Its seed is the same hash, with seed 0, of a salt.
 *
 * @param seed the salt's hash
 */
record AssignmentHash(int seed) {

    /** The number of possible hashes, 2^32. */
    static final long RANGE = 1L << 32;

    static AssignmentHash saltedWith(String salt) {
        return new AssignmentHash(murmur(salt, 0));
    }

    /** The listener's hash, 0..2^32-1. */
    long of(ListenerId listener) {
        return Integer.toUnsignedLong(murmur(listener.text(), seed));
    }

    private static int murmur(String text, int seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MurmurHash3.hash32x86(bytes, 0, bytes.length, seed);
    }
}
