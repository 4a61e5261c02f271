package dev.segue.health;

import dev.segue.analysis.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offline lifts of a configuration's recommenders.
 *
 * @param basis the recommendations that they are estimated by; null if none has a propensity
 * @param recommenders in the order of the configuration
 * @param ahead of the runner-up; null unless two recommenders have an estimate
 */
public record Lifts(
        @Nullable Basis basis,
        List<RecommenderLift> recommenders,
        @Nullable Ahead ahead) {

    public Lifts {
        recommenders = List.copyOf(recommenders);
    }

    /**
     * The recommendations by one recommender of the log, in the newest sessions.
     *
     * @param recommender its name, the logging policy of the estimates
     * @param decisions how many there are with a propensity and a reward
     * @param sessions in how many sessions
     * @param listeners of how many listeners
     * @param loggedMean the mean share played of the next track, 0 to 1
     * @param others how many such recommendations other recommenders of the log made
     */
    public record Basis(
            String recommender, long decisions, long sessions, long listeners, double loggedMean, long others) {}

    /**
     * By how much the best recommender is ahead of the second.
     *
     * @param second the second recommender's name
     * @param change by what share the best one's value is above the second one's
     * @param interval its 95% interval
     */
    public record Ahead(String second, double change, Interval interval) {}

    /** The recommenders with an estimate, the one with the largest lower bound first. */
    public List<RecommenderLift> ranked() {
        return recommenders.stream()
                .filter(recommender -> recommender.best() != null)
                .sorted(Comparator.comparingDouble(Lifts::lower).reversed())
                .toList();
    }

    /** The recommender with the largest lower bound; empty if none has an estimate. */
    public Optional<RecommenderLift> best() {
        return ranked().stream().findFirst();
    }

    static double lower(RecommenderLift recommender) {
        RecommenderLift.Estimated best = recommender.best();
        return best == null ? Double.NEGATIVE_INFINITY : best.interval().lower();
    }
}
