package dev.segue.knn;

/**
 * The maximum size of a {@link SessionIndex}.
 *
 * @param sessions maximum number of sessions, ≥ 1; the oldest are evicted
 * @param itemsPerSession maximum number of distinct items of a session, ≥ 1; the last ones are kept
 * @param sessionsPerItem maximum number of sessions in the list of an item, ≥ 1; the most recent ones are kept
 */
public record IndexLimits(int sessions, int itemsPerSession, int sessionsPerItem) {

    /** A million sessions, of up to 200 items each, with up to 2,500 sessions an item. */
    public static final IndexLimits DEFAULT = new IndexLimits(1_000_000, 200, 2_500);

    /** Two array headers and the references to them, end time, number, and entry in the list by age. */
    private static final long BYTES_PER_SESSION = 80;
    /** Row and share in the session, slot and share in the item's list, and the list's unused capacity. */
    private static final long BYTES_PER_PLAY = 20;
    /** Hash table entry with its boxed numbers, list with its arrays, and counts. */
    private static final long BYTES_PER_ITEM = 220;

    public IndexLimits {
        if (sessions < 1 || itemsPerSession < 1 || sessionsPerItem < 1) {
            throw new IllegalArgumentException(
                    "the limits of an index must be at least 1, are " + sessions + " sessions, " + itemsPerSession
                            + " items per session and " + sessionsPerItem + " sessions per item");
        }
    }

    /** The approximate memory of a full index, in bytes.
     *
     * @param meanLength mean number of distinct items in a session
     * @param items number of distinct items in all sessions
     */
    public long bytes(double meanLength, long items) {
        double perSession = BYTES_PER_SESSION + BYTES_PER_PLAY * Math.min(meanLength, itemsPerSession);
        return (long) (sessions * perSession) + BYTES_PER_ITEM * items;
    }
}
