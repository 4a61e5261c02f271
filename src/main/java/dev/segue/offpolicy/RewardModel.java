package dev.segue.offpolicy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * A model of the reward of an action at a position of a session or page: the position's mean plus the action's mean difference from it,
 * limited to 0 to 1. Both are shrunk: the position's mean to the overall mean, and the action's difference to 0, by {@value #PRIOR}
 * pseudo-observations.
 *
 * <p>The model is cross-fitted with {@value Folds#COUNT} folds of units: the predictions for a unit are learned from the other folds.
 */
final class RewardModel {

    /** The number of pseudo-observations of the prior. */
    static final double PRIOR = 20;

    /** The number of distinct positions; later positions are treated as the last one. */
    static final int POSITIONS = 20;

    /** If all action ids are smaller, they are used as array indices; otherwise a hash table maps them to rows. */
    private static final int MAX_INDEXED_ID = 1 << 24;

    private final Folds folds;
    private final IntUnaryOperator rowOf;

    /** Fold → position → expected reward. */
    private final double[][] positions = new double[Folds.COUNT][POSITIONS];

    /** Fold → row of the action → difference. */
    private final double[][] effects;

    /** A source of decisions with their rewards. */
    @FunctionalInterface
    interface Rewards {
        void forEach(Sink sink);
    }

    /** Receives a decision with its reward. */
    @FunctionalInterface
    interface Sink {
        void accept(int unit, int position, int action, double reward);
    }

    private RewardModel(Folds folds, IntUnaryOperator rowOf, int rows) {
        this.folds = folds;
        this.rowOf = rowOf;
        effects = new double[Folds.COUNT][rows];
    }

    /** Fits a model. Iterates over the decisions several times. */
    static RewardModel fit(Rewards rewards, Folds folds) {
        int[] maxAction = {-1};
        rewards.forEach((unit, position, action, reward) -> maxAction[0] = Math.max(maxAction[0], action));
        RewardModel model;
        if (maxAction[0] < MAX_INDEXED_ID) {
            int bound = maxAction[0] + 1;
            model = new RewardModel(folds, action -> action < bound ? action : -1, bound);
        } else {
            Map<Integer, Integer> rows = new HashMap<>();
            rewards.forEach((unit, position, action, reward) -> rows.putIfAbsent(action, rows.size()));
            model = new RewardModel(folds, action -> rows.getOrDefault(action, -1), rows.size());
        }
        model.learnPositions(rewards);
        model.learnEffects(rewards);
        return model;
    }

    private void learnPositions(Rewards rewards) {
        var sums = new Sums(POSITIONS);
        var all = new Sums(1);
        rewards.forEach((unit, position, action, reward) -> {
            sums.add(folds.of(unit), bucket(position), reward);
            all.add(folds.of(unit), 0, reward);
        });
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            double mean = all.meanOfOthers(fold, 0, 0);
            for (int position = 0; position < POSITIONS; position++) {
                positions[fold][position] = sums.meanOfOthers(fold, position, mean);
            }
        }
    }

    private void learnEffects(Rewards rewards) {
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            int excludedFold = fold;
            var sums = new double[effects[fold].length];
            var counts = new int[sums.length];
            rewards.forEach((unit, position, action, reward) -> {
                if (folds.of(unit) != excludedFold) {
                    int row = rowOf.applyAsInt(action);
                    sums[row] += reward - positions[excludedFold][bucket(position)];
                    counts[row]++;
                }
            });
            for (int row = 0; row < sums.length; row++) {
                effects[fold][row] = sums[row] / (counts[row] + PRIOR);
            }
        }
    }

    private static int bucket(int position) {
        return Math.min(position, POSITIONS - 1);
    }

    /** The expected reward of an action for a unit, 0 to 1. */
    double expected(int unit, int position, int action) {
        return expected(unit, position).applyAsDouble(action);
    }

    /** The expected reward of actions for a unit, 0 to 1. */
    IntToDoubleFunction expected(int unit, int position) {
        double base = positions[folds.of(unit)][bucket(position)];
        double[] differences = effects[folds.of(unit)];
        return action -> {
            int row = rowOf.applyAsInt(action);
            return Math.max(0, Math.min(1, row < 0 ? base : base + differences[row]));
        };
    }

    /** Sums by fold. */
    private static final class Sums {
        private final double[][] sums;
        private final long[][] counts;

        Sums(int length) {
            sums = new double[Folds.COUNT][length];
            counts = new long[Folds.COUNT][length];
        }

        void add(int fold, int index, double value) {
            sums[fold][index] += value;
            counts[fold][index]++;
        }

        /** The mean of the other folds, shrunk to a prior mean. */
        double meanOfOthers(int fold, int index, double prior) {
            double sum = 0;
            long count = 0;
            for (int other = 0; other < Folds.COUNT; other++) {
                if (other != fold) {
                    sum += sums[other][index];
                    count += counts[other][index];
                }
            }
            return (sum + PRIOR * prior) / (count + PRIOR);
        }
    }
}
