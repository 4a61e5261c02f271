package dev.segue.health;

import dev.segue.analysis.Interval;
import dev.segue.config.RecommenderSettings;
import dev.segue.offpolicy.LiftBootstrap;
import dev.segue.offpolicy.WeightProblem;
import dev.segue.offpolicy.WeightedRewards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Selects the variant of each recommender whose lift has the largest lower bound. */
final class LiftSelection {

    private static final double PERCENT = 100;

    private final List<WeightedVariant> variants;
    private final List<WeightedVariant> accepted;

    /** The estimates of the accepted variants, in their order. */
    private final List<RecommenderLift.Estimated> estimates;

    /** Lifts of the accepted variants in bootstrap replications: variants × replications. */
    private final double[][] resampled;

    /**
     * Estimates the lifts of variants.
     *
     * @param variants variants with weights on the same recommendations
     * @param seed the seed of the bootstrap
     */
    LiftSelection(List<WeightedVariant> variants, long seed) {
        this.variants = variants;
        accepted = variants.stream().filter(WeightedVariant::isAccepted).toList();
        resampled = LiftBootstrap.lifts(
                accepted.stream().map(WeightedVariant::weights).toList(), seed);
        estimates = accepted.isEmpty() ? List.of() : estimates();
    }

    private List<RecommenderLift.Estimated> estimates() {
        double[] lifts =
                accepted.stream().mapToDouble(each -> each.weights().lift()).toArray();
        List<Interval> intervals = SimultaneousIntervals.of(lifts, resampled);
        List<RecommenderLift.Estimated> all = new ArrayList<>();
        for (int i = 0; i < lifts.length; i++) {
            WeightedRewards weights = accepted.get(i).weights();
            all.add(new RecommenderLift.Estimated(
                    accepted.get(i).variant(),
                    weights.value(),
                    lifts[i],
                    intervals.get(i),
                    weights.effectiveSampleSize()));
        }
        return all;
    }

    /**
     * The lifts of the recommenders of a configuration.
     *
     * @param recommenders name → settings of all recommenders
     * @param refused name → reason, for the recommenders that were not evaluated
     */
    Lifts lifts(Lifts.Basis basis, Map<String, RecommenderSettings> recommenders, Map<String, String> refused) {
        List<RecommenderLift> lifts = new ArrayList<>();
        recommenders.forEach((name, settings) -> {
            int best = best(name);
            List<WeightedVariant> own = variants.stream()
                    .filter(each -> each.recommender().equals(name))
                    .toList();
            boolean learned = settings.type().isLearned();
            String reason = refused.get(name);
            lifts.add(
                    best < 0
                            ? new RecommenderLift(
                                    name, learned, own.size(), null, reason == null ? refusal(learned, own) : reason)
                            : new RecommenderLift(name, learned, own.size(), estimates.get(best), null));
        });
        List<RecommenderLift> ranked = new Lifts(basis, lifts, null).ranked();
        return new Lifts(
                basis,
                lifts,
                ranked.size() < 2
                        ? null
                        : lead(ranked.get(0).recommender(), ranked.get(1).recommender()));
    }

    /** The index of a recommender's best variant in the accepted ones; -1 if it has none. */
    private int best(String recommender) {
        int best = -1;
        for (int i = 0; i < accepted.size(); i++) {
            if (accepted.get(i).recommender().equals(recommender) && (best < 0 || lower(i) > lower(best))) {
                best = i;
            }
        }
        return best;
    }

    private double lower(int i) {
        return estimates.get(i).interval().lower();
    }

    private Lifts.Lead lead(String first, String second) {
        int i = best(first);
        int j = best(second);
        double[] changes = new double[LiftBootstrap.REPLICATIONS];
        Arrays.setAll(changes, draw -> (1 + resampled[i][draw]) / (1 + resampled[j][draw]) - 1);
        double change = estimates.get(i).value() / estimates.get(j).value() - 1;
        return new Lifts.Lead(second, change, SimultaneousIntervals.percentiles(changes));
    }

    /** The reason why no variant has an estimate: that of the variant with the largest effective sample size. */
    private static String refusal(boolean learned, List<WeightedVariant> variants) {
        WeightedRewards largest = variants.stream()
                .map(WeightedVariant::weights)
                .max(Comparator.comparingDouble(WeightedRewards::effectiveSampleSize))
                .orElseThrow();
        @Nullable WeightProblem problem = largest.problem();
        if (problem == WeightProblem.NO_SUPPORT) {
            return Format.text(
                    "the log has no support for %.0f%% of its choices", PERCENT * largest.unsupportedShare());
        }
        if (problem == WeightProblem.WRONG_PROPENSITIES) {
            return Format.text(
                    "mean weight %.2f instead of 1: %sthe logged propensities are wrong",
                    largest.meanWeight(), learned ? "learned from these recommendations, or " : "");
        }
        return Format.text(
                "effective sample size %.0f, below %.0f", largest.effectiveSampleSize(), WeightedRewards.MIN_EFFECTIVE);
    }
}
