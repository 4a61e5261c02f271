package dev.segue.health;

import java.util.List;

/**
 * The facts of a log, and the lifts of the recommenders of a configuration.
 *
 * @param facts counts of the log
 * @param lifts estimates of the increase of the share played of the next track
 */
public record HealthReport(LogFacts facts, Lifts lifts) {

    /** Sentences that name the recommender to serve. */
    public List<String> advice() {
        return Advice.of(this);
    }
}
