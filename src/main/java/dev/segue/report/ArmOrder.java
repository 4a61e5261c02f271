package dev.segue.report;

import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ReportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the arms of an experiment and puts control first. */
final class ArmOrder {

    private final ExperimentData data;
    private final ReportOptions options;

    private ArmOrder(ExperimentData data, ReportOptions options) {
        this.data = data;
        this.options = options;
    }

    /**
     * The arms in the log and the arms with a configured weight, control first.
     *
     * @throws ReportException if there are fewer than two arms, an arm in the log has no weight, or control does not exist
     */
    static List<String> of(ExperimentData data, ReportOptions options) {
        return new ArmOrder(data, options).arms();
    }

    private List<String> arms() {
        TreeSet<String> arms = ExperimentData.inOrder();
        arms.addAll(data.arms());
        if (!options.weights().isEmpty()) {
            arms.addAll(options.weights().keySet());
            requireWeights(arms);
        }
        requireTwo(arms);
        List<String> ordered = new ArrayList<>(arms);
        String control = options.control();
        if (control != null) {
            if (!ordered.remove(control)) {
                throw new ReportException(
                        data.name() + " has no arm " + control + "; it has: " + String.join(", ", arms));
            }
            ordered.add(0, control);
        }
        return ordered;
    }

    private void requireWeights(SortedSet<String> arms) {
        TreeSet<String> weighted = new TreeSet<>(options.weights().keySet());
        TreeSet<String> others = new TreeSet<>(arms);
        others.removeAll(weighted);
        if (!others.isEmpty()) {
            String unknown = String.join(", ", others);
            throw new ReportException("the log has listeners in arm " + unknown + " of " + data.name()
                    + ", and weights are configured of " + String.join(", ", weighted)
                    + ": rename an arm in the configuration or in --weights to " + unknown
                    + ", or begin an experiment of another name");
        }
    }

    private void requireTwo(SortedSet<String> arms) {
        if (arms.isEmpty()) {
            throw new ReportException("the log has no listener whose arm of " + data.name() + " was drawn"
                    + andStayed(data.log().switched()));
        }
        if (arms.size() == 1) {
            throw new ReportException("the experiment " + data.name() + " has one arm in the log, " + arms.first()
                    + "; an effect takes two");
        }
    }

    private static String andStayed(long switched) {
        return switched == 0
                ? ""
                : String.format(Locale.ROOT, " and stayed: %,d listeners are in two arms and left out", switched);
    }
}
