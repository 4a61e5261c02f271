package dev.segue.health;

import dev.segue.analysis.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offline lifts of a configuration's recommenders.
 *
 * @param basis the recommendations by which lifts are estimated; null if the log has no propensities
 * @param recommenders the lifts, in the order of the configuration
 * @param lead the lead of the best recommender over the second; null unless two recommenders have an estimate
 */
public record Lifts(
        @Nullable Basis basis,
        List<RecommenderLift> recommenders,
        @Nullable Lead lead) {

    public Lifts {
        recommenders = List.copyOf(recommenders);
    }

    /**
     * The recommendations by one recommender of the log, in the newest sessions.
     *
     * @param recommender the name of the recommender, which is the logging policy of the estimates
     * @param decisions number of its recommendations with a propensity and a reward
     * @param sessions number of their sessions
     * @param listeners number of their listeners
     * @param loggedMean their mean reward: the share played of the next track, 0 to 1
     * @param others number of recommendations with a propensity and a reward by other recommenders of the log
     */
    public record Basis(
            String recommender, long decisions, long sessions, long listeners, double loggedMean, long others) {}

    /**
     * The lead of the best recommender over the second.
     *
     * @param second the second recommender's name
     * @param change value of the best recommender / value of the second − 1
     * @param interval the 95% interval of the change
     */
    public record Lead(String second, double change, Interval interval) {}

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
