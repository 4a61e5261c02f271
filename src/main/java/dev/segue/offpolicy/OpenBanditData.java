package dev.segue.offpolicy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logged decisions in the format of the Open Bandit data (Saito, Aihara, Matsutani and Narita 2020): a row for each item shown at a
 * position of a page, with its click and propensity. Rows have no listeners and are treated as independent; they are distributed in turn
 * over at most {@value #MAX_UNITS} units.
 */
public final class OpenBanditData {

    static final List<String> COLUMNS = List.of("timestamp", "item_id", "position", "click", "propensity_score");

    /** The name of the file that describes the items, in the same folder. */
    private static final String ITEMS = "item_context.csv";

    private static final int MAX_UNITS = 10_000;

    private final List<Row> rows = new ArrayList<>();
    private final Map<Integer, Set<Integer>> itemsAt = new TreeMap<>();
    private long withoutReward;
    private long withoutPropensity;
    private long wrongPropensity;

    private record Row(int item, int position, double click, double propensity) {}

    private OpenBanditData() {}

    /**
     * Reads the log of a campaign.
     *
     * @param path the file, or a folder with one {@code .csv} file (plain, gzip or zstd) and optionally {@code item_context.csv}
     * @throws OffPolicyException if there is no such file, or a row is invalid
     */
    public static OpenBanditData read(Path path) {
        var data = new OpenBanditData();
        Path file = Files.isDirectory(path) ? singleLog(path) : path;
        try (CsvRows csv = CsvRows.open(file, COLUMNS.subList(1, COLUMNS.size()))) {
            for (double[] row = csv.next(); row != null; row = csv.next()) {
                data.add(row, csv);
            }
        }
        if (data.rows.isEmpty()) {
            throw new OffPolicyException(file + " has no row with a click of 0 or 1");
        }
        return data;
    }

    private static Path singleLog(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs = files.filter(OpenBanditData::isLog).sorted().toList();
            if (logs.size() != 1) {
                throw new OffPolicyException(folder + " has " + logs.size() + " .csv files besides " + ITEMS
                        + "; name the file of one campaign");
            }
            return logs.get(0);
        } catch (IOException e) {
            throw new OffPolicyException(folder + " cannot be listed; check its permissions", e);
        }
    }

    private static boolean isLog(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(ITEMS)
                && (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".csv.zst"));
    }

    private void add(double[] row, CsvRows csv) {
        int item = csv.id(row[0], "item_id");
        int position = csv.id(row[1], "position");
        double click = row[2];
        if (!Double.isNaN(click) && click != 0 && click != 1) {
            throw csv.error("click " + click + " is neither 0 nor 1");
        }
        withoutReward += Double.isNaN(click) ? 1 : 0;
        withoutPropensity += Double.isNaN(row[3]) ? 1 : 0;
        wrongPropensity += Double.isNaN(row[3]) || Decision.isPropensity(row[3]) ? 0 : 1;
        itemsAt.computeIfAbsent(position, key -> new TreeSet<>()).add(item);
        if (!Double.isNaN(click)) {
            rows.add(new Row(item, position, click, row[3]));
        }
    }

    /** The number of rows with a click of 0 or 1. */
    public int size() {
        return rows.size();
    }

    /** The number of ignored rows without a click. */
    public long withoutReward() {
        return withoutReward;
    }

    /** The number of rows without a propensity. */
    public long withoutPropensity() {
        return withoutPropensity;
    }

    /** The number of rows with an invalid propensity, not above 0 and at most 1. */
    public long wrongPropensity() {
        return wrongPropensity;
    }

    /** Whether at least one row has a valid propensity. */
    public boolean hasPropensities() {
        return rows.stream().anyMatch(row -> Decision.isPropensity(row.propensity()));
    }

    /** The policy that chooses each position's items of the data with the same probability. */
    public ItemProbabilities uniform() {
        return ItemProbabilities.uniform(itemsAt);
    }

    /** Estimates the mean click of a policy.
     *
     * @throws OffPolicyException if the policy has no probabilities for a position of the data
     */
    public List<Estimate> evaluate(ItemProbabilities policy, EstimateOptions options) {
        int units = Math.min(MAX_UNITS, rows.size());
        var folds = new Folds(units, options.seed());
        RewardModel model = RewardModel.fit(sink -> forEachReward(units, sink), folds);
        boolean weighted = hasPropensities();
        Map<Integer, double[]> expected = expected(policy, model, folds, units);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double @Nullable [] byFold = expected.get(row.position());
            if (byFold == null || (weighted && !Decision.isPropensity(row.propensity()))) {
                continue;
            }
            int unit = i % units;
            decisions.add(new Decision(
                    unit,
                    weighted ? row.propensity() : Double.NaN,
                    policy.probability(row.item(), row.position()),
                    row.click(),
                    model.expected(unit, row.position(), row.item()),
                    byFold[folds.of(unit)]));
        }
        return DecisionEstimates.of(decisions, units, options);
    }

    private void forEachReward(int units, RewardModel.Sink sink) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            sink.accept(i % units, row.position(), row.item(), row.click());
        }
    }

    /** Position → fold → the expected click of the policy's choice, by the model. */
    private Map<Integer, double[]> expected(ItemProbabilities policy, RewardModel model, Folds folds, int units) {
        Map<Integer, double[]> expected = new TreeMap<>();
        for (int position : itemsAt.keySet()) {
            double[] byFold = new double[Folds.COUNT];
            for (int unit = 0; unit < units; unit++) {
                if (byFold[folds.of(unit)] == 0) {
                    byFold[folds.of(unit)] = policy.mean(position, model.expected(unit, position));
                }
            }
            expected.put(position, byFold);
        }
        return expected;
    }
}
