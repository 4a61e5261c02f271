package dev.segue.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evaluates on Serenade's toy data. Skipped if the data is not next to the project. */
class SerenadeToyTest {

    private static final Path DATA = Path.of("../shared/data/serenade-toy");

    @BeforeEach
    void needsTheData() {
        assumeTrue(Files.isDirectory(DATA), "no " + DATA);
    }

    /** Serenade's README gives these metrics for k = 50, m = 500, the last two items, and idf weights. Serenade orders ties of sessions and
     * items differently, which changes a few predictions.
     */
    @Test
    void serenadesSettingsGiveSerenadesMetrics() {
        EvaluationResult result = evaluate(Map.ofEntries(
                Map.entry("k", 50.0),
                Map.entry("m", 500.0),
                Map.entry("history", 2.0),
                Map.entry("position-decay", Math.log(2)), // weights 1 and 1/2
                Map.entry("match-decay", Math.log(0.9 / 0.8)), // weights 0.9 and 0.8
                Map.entry("query-idf", 0.0),
                Map.entry("item-idf", 1e9), // idf, and not 1 + idf
                Map.entry("length-exponent", 0.0),
                Map.entry("recency-decay", 0.0),
                Map.entry("forward-decay", 0.0),
                Map.entry("backward", 1.0),
                Map.entry("backward-decay", 0.0),
                Map.entry("seen", 1.0)));
        assertEquals(931, result.predictions());
        assertEquals(0.3277, result.mean(Metric.MRR), 0.003);
        assertEquals(0.3553, result.mean(Metric.NDCG), 0.001);
        assertEquals(0.6402, result.mean(Metric.HIT_RATE), 0.003);
        assertEquals(0.0499, result.mean(Metric.POPULARITY), 0.001);
        assertEquals(0.0680, result.mean(Metric.PRECISION), 0.001);
        assertEquals(0.4456, result.mean(Metric.RECALL), 0.005);
        assertEquals(0.2765, result.coverage(), 0.006);
    }

    @Test
    void defaultSettingsAreBetterThanSerenade() {
        EvaluationResult result = evaluate(Map.of());
        assertEquals(931, result.predictions());
        assertTrue(result.mean(Metric.MRR) > 0.3401, "MRR " + result.mean(Metric.MRR));
        assertTrue(result.mean(Metric.NDCG) > 0.3553, "NDCG " + result.mean(Metric.NDCG));
        assertTrue(result.mean(Metric.HIT_RATE) > 0.6402, "hit rate " + result.mean(Metric.HIT_RATE));
    }

    private static EvaluationResult evaluate(Map<String, Double> given) {
        Dataset dataset = Dataset.read(DATA, 0.1);
        RecommenderKind kind = RecommenderKinds.byName(RecommenderKinds.all(1_000_000), "session-knn");
        return new NextItemEvaluation(dataset.train(), EvaluationOptions.DEFAULT)
                .evaluate(kind.learn(dataset.train()).with(Values.of(kind, given)), dataset.test());
    }
}
