package dev.segue.evaluation;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** Selects the first items of a ranking. */
final class Prefix {

    private Prefix() {}

    /** The first allowed items, at most {@code count}. */
    static long[] of(long[] ranked, int count, LongPredicate allowed) {
        return Arrays.stream(ranked).filter(allowed).limit(count).toArray();
    }
}
