package dev.segue.simulation.days;

import dev.segue.random.KeyedRandom;
import java.util.stream.IntStream;

/**
 * The day on which each of a world's tracks, or listeners, arrives: on every day after the first the same share of all, with
 * cumulative counts rounded to the nearest whole number, and the rest on the first day. The order is drawn from the seed.
 */
public final class Arrivals {

    /** First key of these draws; the first key of a session's draws is a user, so it is not negative. */
    private static final long ORDER = -6;

    private final int[] days;

    private Arrivals(int[] days) {
        this.days = days;
    }

    /**
     * Draws the days.
     *
     * @param kind name of the items, such as "tracks"; each kind has its own draws
     * @param size number of items
     * @param days number of days, ≥ 1
     * @param share share of all items that arrives on each day but the first, 0 to 1
     * @throws IllegalArgumentException if fewer than half would arrive on the first day
     */
    public static Arrivals of(String kind, int size, int days, double share, long seed) {
        if (!(share >= 0 && share * (days - 1) <= 0.5)) {
            throw new IllegalArgumentException("with " + days + " days at most " + 0.5 / Math.max(1, days - 1)
                    + " of all " + kind + " can arrive each day, so that half of them arrive on the first");
        }
        int[] order = IntStream.range(0, size).toArray();
        var random = new KeyedRandom(seed, ORDER, kind.hashCode(), 0);
        for (int i = size - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        int[] dayOf = new int[size];
        int first = size - rounded(share * size * (days - 1));
        for (int rank = 0, day = 1; rank < size; rank++) {
            while (rank >= first + rounded(share * size * (day - 1))) {
                day++;
            }
            dayOf[order[rank]] = day;
        }
        return new Arrivals(dayOf);
    }

    /** Rounds half to even, so that half an item is none and the first day is not empty. */
    private static int rounded(double count) {
        return (int) Math.rint(count);
    }

    /** The number of items. */
    public int size() {
        return days.length;
    }

    /** The day, from 1, on which an item arrives. */
    public int dayOf(int number) {
        return days[number];
    }

    /** Whether an item has arrived by a day. */
    public boolean hasArrived(int number, int day) {
        return days[number] <= day;
    }

    /** The number of items that have arrived by a day. */
    public int arrivedBy(int day) {
        return (int) IntStream.of(days).filter(first -> first <= day).count();
    }
}
