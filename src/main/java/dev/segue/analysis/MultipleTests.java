package dev.segue.analysis;

import java.util.stream.IntStream;

/** Corrects p-values for multiple tests. NaN, from a test that could not be made, remains NaN and does not count as a test. */
final class MultipleTests {

    private MultipleTests() {}

    /**
     * Holm's correction. It controls the probability of any false rejection, for any dependence between the tests (S. Holm, A
     * simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979).
     */
    static double[] holm(double[] pValues) {
        int[] order = ascending(pValues);
        double[] adjusted = pValues.clone();
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }

    /**
     * Benjamini and Hochberg's correction. It controls the expected share of false rejections among all rejections, for
     * independent or positively dependent tests (Controlling the false discovery rate, JRSS B 57, 1995).
     */
    static double[] benjaminiHochberg(double[] pValues) {
        int[] order = ascending(pValues);
        double[] adjusted = pValues.clone();
        double smallest = 1;
        for (int rank = order.length; rank >= 1; rank--) {
            int test = order[rank - 1];
            smallest = Math.min(smallest, pValues[test] * order.length / rank);
            adjusted[test] = smallest;
        }
        return adjusted;
    }

    /** The positions of the p-values in ascending order. */
    private static int[] ascending(double[] pValues) {
        return IntStream.range(0, pValues.length)
                .filter(test -> !Double.isNaN(pValues[test]))
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[a], pValues[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
