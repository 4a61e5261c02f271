package dev.segue.evaluation;

/** A session of a data set.
 *
 * @param items the played or clicked items in the order of time, at least one
 * @param endMillis time of the last item, in ms since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // not compared; a list of boxed ids would take five times the memory
public record ItemSession(long[] items, long endMillis) {

    /** The number of predictions in an evaluation: one for each item but the first. */
    public int predictions() {
        return items.length - 1;
    }
}
