package dev.segue.http;

import dev.segue.state.LearningRuns;
import dev.segue.upkeep.Upkeep;

/** The metrics of the learning. */
final class LearningMetrics {

    private LearningMetrics() {}

    static void register(MetricRegistry registry, Upkeep upkeep) {
        registry.gauge("segue_learning", "1 while a learning is in progress.", () -> upkeep.isRunning() ? 1 : 0);
        registry.gauge(
                "segue_learning_last_success_timestamp_seconds",
                "Time of the end of the last learning whose files serve, in seconds since 1970; 0 if there is none.",
                () -> upkeep.runs().all().stream()
                        .filter(run -> run.outcome() == LearningRuns.Outcome.PUBLISHED)
                        .mapToDouble(run -> run.ended() / 1000.0)
                        .max()
                        .orElse(0));
        registry.count("segue_learnings_total", "Learnings since the start, by outcome.", "outcome", counts -> {
            for (LearningRuns.Outcome outcome : LearningRuns.Outcome.values()) {
                counts.accept(outcome.json(), (double) upkeep.ended(outcome));
            }
        });
    }
}
