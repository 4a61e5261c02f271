package dev.segue.evaluation;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number of plays of each item in sessions. */
final class ItemCounts {

    private final Map<Long, Integer> plays = new HashMap<>();
    private final int maxPlays;

    /** @param sessions at least one */
    ItemCounts(List<ItemSession> sessions) {
        for (ItemSession session : sessions) {
            for (long item : session.items()) {
                plays.merge(item, 1, Integer::sum);
            }
        }
        maxPlays = Collections.max(plays.values());
    }

    /** The number of distinct items. */
    int size() {
        return plays.size();
    }

    boolean contains(long item) {
        return plays.containsKey(item);
    }

    /** The number of plays of an item; 0 for an unknown one. */
    int plays(long item) {
        return plays.getOrDefault(item, 0);
    }

    /** The number of plays of the most played item. */
    int maxPlays() {
        return maxPlays;
    }

    /** The items in descending order of plays. */
    long[] ranked() {
        return rank(plays);
    }

    /** The keys in descending order of values, ties in ascending order of keys. */
    static <V extends Comparable<V>> long[] rank(Map<Long, V> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<Long, V>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .mapToLong(Map.Entry::getKey)
                .toArray();
    }
}
