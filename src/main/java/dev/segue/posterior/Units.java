package dev.segue.posterior;

import java.util.Arrays;

/** Groups of a listener's sessions that share one taste, and the tracks that began them. */
public final class Units {

    private final int[] listenerOf;
    private final int[] sessionsOf;
    private final int[][] firstsOf;

    /**
     * Units.
     *
     * @param listenerOf each unit's listener
     * @param sessionsOf how many sessions each unit has
     * @param firstsOf the tracks that began each unit's sessions, ascending
     */
    Units(int[] listenerOf, int[] sessionsOf, int[][] firstsOf) {
        this.listenerOf = listenerOf;
        this.sessionsOf = sessionsOf;
        this.firstsOf = firstsOf;
    }

    /** How many units there are. */
    public int count() {
        return listenerOf.length;
    }

    int listener(int unit) {
        return listenerOf[unit];
    }

    int sessions(int unit) {
        return sessionsOf[unit];
    }

    /** The tracks that began the unit's sessions, ascending. */
    int[] firsts(int unit) {
        return firstsOf[unit];
    }

    boolean beganWith(int unit, int track) {
        return Arrays.binarySearch(firstsOf[unit], track) >= 0;
    }

    /** n^α: by which factor n distinct first tracks make a unit's prior surer. */
    double certainty(int unit, double alpha) {
        return Math.pow(firstsOf[unit].length, alpha);
    }

    /** The sums of the certainties of each listener's units. */
    double[] certainties(int listeners, double alpha) {
        double[] sums = new double[listeners];
        for (int unit = 0; unit < count(); unit++) {
            sums[listenerOf[unit]] += certainty(unit, alpha);
        }
        return sums;
    }

    /** How many units each track began. */
    int[] contextCounts(int tracks) {
        int[] counts = new int[tracks];
        for (int[] firsts : firstsOf) {
            for (int first : firsts) {
                counts[first]++;
            }
        }
        return counts;
    }
}
