package dev.segue.health;

import java.util.List;

/**
 * The health of a service's data.
 *
 * @param facts counts of the log, without estimates
 * @param lifts by how much recommenders would have raised the share played of the next track
 */
public record HealthReport(LogFacts facts, Lifts lifts) {

    /** Which recommender to serve, in sentences. */
    public List<String> advice() {
        return Advice.of(this);
    }
}
