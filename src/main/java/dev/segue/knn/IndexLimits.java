package dev.segue.knn;

/**
 * How large a {@link SessionIndex} may become.
 *
 * @param sessions how many sessions it holds at most; beyond that the oldest leave
 * @param itemsPerSession how many of a session's distinct items it holds at most, the last ones
 * @param sessionsPerItem of how many of its sessions an item knows at most, the most recent ones
 */
public record IndexLimits(int sessions, int itemsPerSession, int sessionsPerItem) {

    /** A million sessions. */
    public static final IndexLimits DEFAULT = new IndexLimits(1_000_000, 200, 2_500);

    /** Two arrays with their headers, references to them, end, number, and place in the order of age. */
    private static final long BYTES_OF_SESSION = 80;
    /** Row and share in the session, slot and share in the item's list, and the room that a growing list leaves. */
    private static final long BYTES_OF_PLAY = 20;
    /** Entry of a hash table with its boxed numbers, list with its arrays, counts. */
    private static final long BYTES_OF_ITEM = 220;

    public IndexLimits {
        if (sessions < 1 || itemsPerSession < 1 || sessionsPerItem < 1) {
            throw new IllegalArgumentException(
                    "an index holds at least 1 session, 1 item of a session and 1 session of an item, not " + sessions
                            + ", " + itemsPerSession + " and " + sessionsPerItem);
        }
    }

    /**
     * About how much memory a full index takes.
     *
     * @param meanLength how many distinct items a session has on average
     * @param items how many distinct items the sessions have together
     */
    public long bytes(double meanLength, long items) {
        double perSession = BYTES_OF_SESSION + BYTES_OF_PLAY * Math.min(meanLength, itemsPerSession);
        return (long) (sessions * perSession) + BYTES_OF_ITEM * items;
    }
}
