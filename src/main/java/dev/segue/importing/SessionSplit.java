package dev.segue.importing;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Marks duplicates, and the first and the last playback of each session.
 *
 * <p>A session ends where its file gives the next playback another session. Without given sessions, it ends with a silence that is
 * longer than the gap: the time between two timestamps without the playback between them, if its length is known.
 */
final class SessionSplit {

    private static final int NONE = -1;

    private final PlayTable table;
    private final long gap;
    private final RowCounts counts;
    private final IntFunction<String> places;
    private final Set<Integer> tracksNow = new HashSet<>();
    private long sessions;
    private int listeners;

    /**
     * @param gap the longest silence within a session, in ms
     * @param counts receives the duplicates
     * @param places the place of a row of the table
     */
    SessionSplit(PlayTable table, long gap, RowCounts counts, IntFunction<String> places) {
        this.table = table;
        this.gap = gap;
        this.counts = counts;
        this.places = places;
    }

    /** Marks all playbacks, in the order by listener and time. */
    void mark(int[] byListener) {
        int previous = NONE;
        for (int row : byListener) {
            boolean sameListener = previous != NONE && table.listener(row) == table.listener(previous);
            if (isDuplicate(row, previous, sameListener)) {
                continue;
            }
            if (!sameListener || begins(row, previous)) {
                endSession(previous);
                table.set(row, PlayTable.FIRST);
                sessions++;
            }
            listeners += sameListener ? 0 : 1;
            previous = row;
        }
        endSession(previous);
    }

    private void endSession(int last) {
        if (last != NONE) {
            table.set(last, PlayTable.LAST);
        }
    }

    private boolean isDuplicate(int row, int previous, boolean sameListener) {
        if (!sameListener || table.timestamp(row) != table.timestamp(previous)) {
            if (!tracksNow.isEmpty()) {
                tracksNow.clear();
            }
            return false;
        }
        tracksNow.add(table.track(previous));
        if (tracksNow.add(table.track(row))) {
            return false;
        }
        table.set(row, PlayTable.DUPLICATE);
        counts.add(Reason.DUPLICATE);
        if (counts.needsExample(Reason.DUPLICATE)) {
            counts.setExample(Reason.DUPLICATE, places.apply(row), table.tracks.text(table.track(row)));
        }
        return true;
    }

    private boolean begins(int row, int previous) {
        if (table.session(row) != PlayTable.NO_SESSION || table.session(previous) != PlayTable.NO_SESSION) {
            return table.session(row) != table.session(previous);
        }
        int between = table.is(row, PlayTable.MARKS_END) ? table.played(row) : table.played(previous);
        return table.timestamp(row) - table.timestamp(previous) - Math.max(0, between) > gap;
    }

    /** The number of sessions. */
    long sessions() {
        return sessions;
    }

    /** The number of listeners. */
    int listeners() {
        return listeners;
    }
}
