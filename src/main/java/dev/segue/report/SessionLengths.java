package dev.segue.report;

import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ExposedListener;
import dev.segue.report.reading.Observations;
import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of an arm's sessions by their time.
 *
 * @param arm the arm
 * @param shares the shares of the sessions whose time is from i to i + 1 track lengths; the last share includes all longer
 *     sessions
 */
public record SessionLengths(String arm, List<Double> shares) {

    /** The number of lengths with a share of their own. */
    public static final int BINS = 20;

    public SessionLengths {
        shares = List.copyOf(shares);
    }

    /** Computes the distributions of all arms. The list is empty if single session times were not kept. */
    static List<SessionLengths> of(ExperimentData data, List<String> arms, List<List<ExposedListener>> listeners) {
        Observations times = data.sessionTimes();
        List<SessionLengths> lengths = new ArrayList<>();
        for (int arm = 0; times != null && arm < arms.size(); arm++) {
            double[] all = times.of(ExposedListener.numbers(listeners.get(arm))).values();
            long[] counts = new long[BINS + 1];
            for (double time : all) {
                counts[(int) Math.min(BINS, time)]++;
            }
            List<Double> shares = new ArrayList<>();
            for (long count : counts) {
                shares.add((double) count / all.length);
            }
            lengths.add(new SessionLengths(arms.get(arm), shares));
        }
        return lengths;
    }
}
