package dev.segue.offpolicy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * The expected reward of an action at a position (of a session, or of a page): the position's mean plus the action's mean difference
 * from it, both shrunk to 0 difference by {@value #PRIOR} pseudo-observations, within 0 to 1.
 *
 * <p>It is cross-fitted: of {@value Folds#COUNT} folds of units, those that a unit is not in tell what to expect of the unit's decisions, so
 * that a decision never explains itself.
 */
final class RewardModel {

    /** How many observations the prior counts for. */
    static final double PRIOR = 20;

    /** Positions from this one on count as one. */
    static final int POSITIONS = 20;

    /** Ids up to here are array indices; beyond it, a table finds the few that occur. */
    private static final int MOST_IDS = 1 << 24;

    private final Folds folds;
    private final IntUnaryOperator rowOf;

    /** Fold → position → expected reward. */
    private final double[][] positions = new double[Folds.COUNT][POSITIONS];

    /** Fold → row of the action → difference. */
    private final double[][] effects;

    /** Decisions with their rewards. */
    @FunctionalInterface
    interface Rewards {
        void forEach(Sink sink);
    }

    /** Takes a decision with its reward. */
    @FunctionalInterface
    interface Sink {
        void accept(int unit, int position, int action, double reward);
    }

    private RewardModel(Folds folds, IntUnaryOperator rowOf, int rows) {
        this.folds = folds;
        this.rowOf = rowOf;
        effects = new double[Folds.COUNT][rows];
    }

    /** Learns from decisions, which it goes through several times. */
    static RewardModel fit(Rewards rewards, Folds folds) {
        int[] largest = {-1};
        rewards.forEach((unit, position, action, reward) -> largest[0] = Math.max(largest[0], action));
        RewardModel model;
        if (largest[0] < MOST_IDS) {
            int bound = largest[0] + 1;
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
            int expecting = fold;
            var sums = new double[effects[fold].length];
            var counts = new int[sums.length];
            rewards.forEach((unit, position, action, reward) -> {
                if (folds.of(unit) != expecting) {
                    int row = rowOf.applyAsInt(action);
                    sums[row] += reward - positions[expecting][bucket(position)];
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

        /** The mean of the other folds, shrunk to a prior one; the prior one where they have nothing. */
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
