package dev.segue.offpolicy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** A policy that chooses the item at each position of a page by fixed probabilities, independent of the user. */
public final class ItemProbabilities {

    private static final List<String> COLUMNS = List.of("item_id", "position", "probability");

    /** The tolerance for the difference between a position's sum of probabilities and 1. */
    private static final double ROUNDING = 1e-3;

    private final Map<Integer, Map<Integer, Double>> byPosition = new TreeMap<>();

    private ItemProbabilities() {}

    /**
     * The same probability for each item of a position.
     *
     * @param items position → its items
     */
    static ItemProbabilities uniform(Map<Integer, ? extends Collection<Integer>> items) {
        var uniform = new ItemProbabilities();
        items.forEach(
                (position, choices) -> choices.forEach(item -> uniform.put(position, item, 1.0 / choices.size())));
        return uniform;
    }

    /**
     * Reads a file with the columns {@code item_id}, {@code position} and {@code probability}.
     * @throws OffPolicyException if the file cannot be read, or the probabilities of a position do not add up to 1
     */
    public static ItemProbabilities read(Path file) {
        var policy = new ItemProbabilities();
        try (CsvRows csv = CsvRows.open(file, COLUMNS)) {
            for (double[] row = csv.next(); row != null; row = csv.next()) {
                if (!(row[2] >= 0 && row[2] <= 1)) {
                    throw csv.error("probability " + row[2] + " is outside 0..1");
                }
                int item = csv.id(row[0], "item_id");
                int position = csv.id(row[1], "position");
                if (policy.put(position, item, row[2])) {
                    throw csv.error("item " + item + " is repeated at position " + position);
                }
            }
        }
        policy.byPosition.forEach((position, items) -> {
            double sum =
                    items.values().stream().mapToDouble(Double::doubleValue).sum();
            if (Math.abs(sum - 1) > ROUNDING) {
                throw new OffPolicyException(file + ": the probabilities of position " + position + " add up to " + sum
                        + " instead of 1; add the missing items");
            }
            items.replaceAll((item, probability) -> probability / sum);
        });
        return policy;
    }

    /** Sets a probability, and returns whether the item already had one. */
    private boolean put(int position, int item, double probability) {
        return byPosition.computeIfAbsent(position, key -> new TreeMap<>()).put(item, probability) != null;
    }

    /** The probability of an item at a position; 0 if it is not given. */
    double probability(int item, int position) {
        return byPosition.getOrDefault(position, Map.of()).getOrDefault(item, 0.0);
    }

    /**
     * The expected value at a position, Σ probability(item) · value(item).
     *
     * @throws OffPolicyException if there are no probabilities for the position
     */
    double mean(int position, IntToDoubleFunction value) {
        double mean = 0;
        Map<Integer, Double> items = byPosition.get(position);
        if (items == null) {
            throw new OffPolicyException(
                    "the policy has no probabilities for position " + position + " of the data; add them");
        }
        for (Map.Entry<Integer, Double> item : items.entrySet()) {
            mean += item.getValue() * value.applyAsDouble(item.getKey());
        }
        return mean;
    }
}
