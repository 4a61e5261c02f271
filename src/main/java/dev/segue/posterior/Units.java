package dev.segue.posterior;

import java.util.Arrays;

/** The units: groups of sessions of one listener with the same taste, and their first tracks. */
public final class Units {

    private final int[] listenerOf;
    private final int[] sessionsOf;
    private final int[][] firstsOf;

    /** Creates the units.
     *
     * @param listenerOf each unit's listener
     * @param sessionsOf each unit's number of sessions
     * @param firstsOf the distinct first tracks of each unit's sessions, ascending
     */
    Units(int[] listenerOf, int[] sessionsOf, int[][] firstsOf) {
        this.listenerOf = listenerOf;
        this.sessionsOf = sessionsOf;
        this.firstsOf = firstsOf;
    }

    /** The number of units. */
    public int count() {
        return listenerOf.length;
    }

    int listener(int unit) {
        return listenerOf[unit];
    }

    int sessions(int unit) {
        return sessionsOf[unit];
    }

    /** The distinct first tracks of the unit's sessions, ascending. */
    int[] firsts(int unit) {
        return firstsOf[unit];
    }

    boolean startedWith(int unit, int track) {
        return Arrays.binarySearch(firstsOf[unit], track) >= 0;
    }

    /** n^α, the factor of the precision of a unit's prior for n distinct first tracks. */
    double precisionFactor(int unit, double alpha) {
        return Math.pow(firstsOf[unit].length, alpha);
    }

    /** For each listener, the sum of the precision factors of the units. */
    double[] precisionFactors(int listeners, double alpha) {
        double[] sums = new double[listeners];
        for (int unit = 0; unit < count(); unit++) {
            sums[listenerOf[unit]] += precisionFactor(unit, alpha);
        }
        return sums;
    }

    /** For each track, the number of units that have it as a first track. */
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
