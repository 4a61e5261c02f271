package dev.segue.report.reading;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rows of one listener in the order of its sessions, without repeated rows.
 *
 * <p>Segue's events are ordered by session and by number within the session. If session numbers begin again, as in logs of
 * several servers or after the loss of the history, the timestamp decides. Botify's events are ordered by timestamp, and by
 * their position in the log for equal timestamps. Most rows are in this order already. Not thread-safe.
 */
final class ListenerRows {

    /** The number of events with one timestamp from which on a set is used to find repeated events. */
    private static final int FEW = 16;

    private final EventTable.Cursor one;
    private final EventTable.Cursor other;
    private int[] rows = {};
    private int size;
    private long repeated;

    ListenerRows(EventTable table) {
        one = table.new Cursor();
        other = table.new Cursor();
    }

    /** Takes the rows of a listener, in the order of the log. */
    void of(int[] all, int start, int end) {
        rows = Arrays.copyOfRange(all, start, end);
        size = rows.length;
        if (!areInOrder()) {
            sortByTime();
            removeRepeated();
            if (hasNumbers()) {
                sortByNumbers();
            }
        }
    }

    int size() {
        return size;
    }

    int row(int index) {
        return rows[index];
    }

    /** The number of repeated events that were left out so far, of all listeners. */
    long repeated() {
        return repeated;
    }

    /** Whether each row has a later timestamp than the previous row, and a higher number within the same session. */
    private boolean areInOrder() {
        for (int i = 1; i < size; i++) {
            one.at(rows[i - 1]);
            other.at(rows[i]);
            if (!isNext()) {
                return false;
            }
        }
        return true;
    }

    private boolean isNext() {
        if (one.session() == 0 || other.session() == 0) {
            return one.timestamp() < other.timestamp();
        }
        boolean isLater = other.session() > one.session()
                || (other.session() == one.session() && other.sequence() > one.sequence());
        return isLater && one.timestamp() <= other.timestamp();
    }

    private void sortByTime() {
        sort(Comparator.comparingLong(
                row -> one.at(row).timestamp())); // stable: keeps the order of the log for equal timestamps
    }

    private void sort(Comparator<Integer> order) {
        Integer[] boxed = Arrays.stream(rows, 0, size).boxed().toArray(Integer[]::new);
        Arrays.sort(boxed, order);
        for (int i = 0; i < size; i++) {
            rows[i] = boxed[i];
        }
    }

    private void removeRepeated() {
        int kept = 0;
        int sameTime = 0; // the first row with this timestamp
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < size; i++) {
            if (kept > sameTime
                    && one.at(rows[sameTime]).timestamp() != other.at(rows[i]).timestamp()) {
                sameTime = kept;
                seen.clear();
            }
            if (isKnown(rows[i], sameTime, kept, seen)) {
                repeated++;
            } else {
                rows[kept++] = rows[i];
            }
        }
        size = kept;
    }

    private boolean isKnown(int row, int from, int to, Set<Long> seen) {
        if (to - from < FEW) {
            for (int i = from; i < to; i++) {
                if (isRepeated(rows[i], row)) {
                    return true;
                }
            }
            return false;
        }
        if (seen.isEmpty()) {
            for (int i = from; i < to; i++) {
                seen.add(identity(rows[i]));
            }
        }
        return !seen.add(identity(row));
    }

    /** Whether two rows with one timestamp are the same event: by their numbers, or by all fields if they have no numbers. */
    private boolean isRepeated(int first, int second) {
        one.at(first);
        other.at(second);
        if (isNumbered(one) && isNumbered(other)) {
            return one.session() == other.session() && one.sequence() == other.sequence();
        }
        return one.isSame(other);
    }

    private long identity(int row) {
        one.at(row);
        return isNumbered(one) ? (one.session() << 32) ^ one.sequence() : one.fingerprint();
    }

    private static boolean isNumbered(LogEvent event) {
        return event.session() > 0 && event.sequence() > 0;
    }

    private boolean hasNumbers() {
        for (int i = 0; i < size; i++) {
            if (one.at(rows[i]).session() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sorts by session, by the number of times that the session number began again, and by the number within the session. The
     * sort is stable.
     */
    private void sortByNumbers() {
        Map<Long, Integer> begun = new HashMap<>();
        for (int i = 0; i < size; i++) {
            if (one.at(rows[i]).sequence() == 1) {
                begun.merge(one.session(), 1, Integer::sum);
            }
        }
        Map<Integer, Integer> runs = new HashMap<>();
        Map<Long, Integer> current = new HashMap<>();
        for (int i = 0; i < size; i++) {
            one.at(rows[i]);
            if (one.session() > 0 && begun.getOrDefault(one.session(), 0) > 1) {
                int run = current.merge(one.session(), one.sequence() == 1 ? 1 : 0, Integer::sum);
                runs.put(rows[i], run);
            }
        }
        sort(Comparator.<Integer>comparingLong(row -> one.at(row).session())
                .thenComparingInt(row -> runs.getOrDefault(row, 0))
                .thenComparingInt(row -> one.at(row).session() == 0 ? 0 : one.sequence()));
    }
}
