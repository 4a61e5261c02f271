package dev.segue.evaluation;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the items of sessions were played. */
final class ItemCounts {

    private final Map<Long, Integer> plays = new HashMap<>();
    private final int most;

    /** @param sessions at least one */
    ItemCounts(List<ItemSession> sessions) {
        for (ItemSession session : sessions) {
            for (long item : session.items()) {
                plays.merge(item, 1, Integer::sum);
            }
        }
        most = Collections.max(plays.values());
    }

    /** How many items there are. */
    int size() {
        return plays.size();
    }

    boolean contains(long item) {
        return plays.containsKey(item);
    }

    /** How often an item was played. */
    int plays(long item) {
        return plays.getOrDefault(item, 0);
    }

    /** How often the most played item was played. */
    int most() {
        return most;
    }

    /** The items, the most played first. */
    long[] ranked() {
        return rank(plays);
    }

    /** The keys with the highest values first; of equal values the smaller keys. */
    static <V extends Comparable<V>> long[] rank(Map<Long, V> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<Long, V>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .mapToLong(Map.Entry::getKey)
                .toArray();
    }
}
