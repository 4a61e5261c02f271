package dev.segue.evaluation;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** The beginning of a ranking. */
final class Prefix {

    private Prefix() {}

    /** The first items that are allowed. */
    static long[] of(long[] ranked, int count, LongPredicate allowed) {
        return Arrays.stream(ranked).filter(allowed).limit(count).toArray();
    }
}
