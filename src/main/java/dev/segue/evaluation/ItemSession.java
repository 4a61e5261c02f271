package dev.segue.evaluation;

/**
 * One session of a data set.
 *
 * @param items what was played or clicked, in the order of time; at least one
 * @param endMillis when the last of them was, in ms since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list of boxed ids would take five times the memory
public record ItemSession(long[] items, long endMillis) {

    /** How many predictions an evaluation asks for: one for each item but the first. */
    public int predictions() {
        return items.length - 1;
    }
}
