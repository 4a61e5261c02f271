package dev.segue.simulation.days;

import dev.segue.random.KeyedRandom;
import java.util.stream.IntStream;

/**
 * On which day each of a world's tracks, or listeners, is there for the first time: most on the first day, then the same
 * share of all on every day, to the nearest whole number over the days so far, in an order drawn from the seed.
 */
public final class Arrivals {

    /** Sets these draws apart from those of the sessions, whose first key is a user. */
    private static final long ORDER = -6;

    private final int[] days;

    private Arrivals(int[] days) {
        this.days = days;
    }

    /**
     * Draws the days.
     *
     * @param what tells the draws of one kind from those of another, such as "tracks"
     * @param size how many there are
     * @param days how many days there are, ≥ 1
     * @param share of all that arrive on each day but the first, 0 to 1
     * @throws IllegalArgumentException if fewer than half would be there on the first day
     */
    public static Arrivals of(String what, int size, int days, double share, long seed) {
        if (!(share >= 0 && share * (days - 1) <= 0.5)) {
            throw new IllegalArgumentException("with " + days + " days at most " + 0.5 / Math.max(1, days - 1)
                    + " of all " + what + " can be new each day, so that half of them are there on the first");
        }
        int[] order = IntStream.range(0, size).toArray();
        var random = new KeyedRandom(seed, ORDER, what.hashCode(), 0);
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

    /** Half of one is none, so that the first day has some. */
    private static int rounded(double count) {
        return (int) Math.rint(count);
    }

    /** How many there are. */
    public int size() {
        return days.length;
    }

    /** The first day, from 1, on which it is there. */
    public int dayOf(int number) {
        return days[number];
    }

    /** Whether it is there on a day. */
    public boolean isThere(int number, int day) {
        return days[number] <= day;
    }

    /** How many are there on a day. */
    public int there(int day) {
        return (int) IntStream.of(days).filter(first -> first <= day).count();
    }
}
