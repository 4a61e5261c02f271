package dev.segue.report.reading;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One listener's rows of a table, in the order in which they make sessions, without repeated ones.
 *
 * <p>Events of Segue's are in the order of sessions and of their numbers within, and for equal session numbers that begin anew,
 * as in the logs of several servers or of one that lost its history, in the order of time. Botify's are in the order of time,
 * and for equal times in that of the log. Most rows are in this order already. For one thread.
 */
final class ListenerRows {

    /** More events than that of one time are looked up in a set. */
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

    /** Takes these rows, in the order of the log. */
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

    /** How many repeated events were left out of all listeners' rows so far. */
    long repeated() {
        return repeated;
    }

    /** Whether each row is later than the one before, and has a higher number if it is of the same session. */
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
        sort(Comparator.comparingLong(row -> one.at(row).timestamp())); // stable: the log's order breaks ties
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
        int sameTime = 0; // where the rows of this time begin
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

    /** Whether two rows of one time are one event: by their numbers if they have them, else by all they tell. */
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

    /** By session, by how often that number has begun anew, and by the number in it; a stable order of those by time. */
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
