package dev.segue.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.evaluation.RecommenderKind.LearnedModel;
import dev.segue.evaluation.RecommenderKind.NextItemPredictor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextItemEvaluationTest {

    private static final Dataset DATA = Dataset.read(HandComputed.FOLDER, 0.1);
    private static final List<RecommenderKind> KINDS = RecommenderKinds.all(1000);

    @Test
    void metricsMatchAComputationByHand() {
        EvaluationResult result = evaluate("popularity", new EvaluationOptions(2, false));
        assertEquals(2, result.sessions());
        assertEquals(1, result.shortSessions());
        assertEquals(4, result.predictions());
        assertEquals(1, result.unknownItems());
        Map<Metric, Double> means = new EnumMap<>(Metric.class);
        result.metrics().forEach((metric, mean) -> means.put(metric, mean.value()));
        Map<Metric, Double> expected = Map.of(
                Metric.HIT_RATE, 3 / 4.0,
                Metric.MRR, 5 / 8.0,
                Metric.NDCG, 7 / 8.0,
                Metric.PRECISION, 5 / 8.0,
                Metric.RECALL, 7 / 8.0,
                Metric.POPULARITY, 19 / 24.0,
                Metric.REPEATS, 1 / 8.0);
        assertEquals(expected.keySet(), means.keySet());
        expected.forEach(
                (metric, mean) -> assertEquals(mean, means.getOrDefault(metric, Double.NaN), 1e-12, metric.label()));
        assertEquals(3 / 4.0, result.coverage());
    }

    @Test
    void theCurrentItemIsPredictedIfAllowed() {
        EvaluationResult result = evaluate("popularity", new EvaluationOptions(1, true));
        assertEquals(1 / 4.0, result.coverage(), "always item 2");
        assertEquals(2 / 4.0, result.mean(Metric.HIT_RATE));
    }

    /** The expected values are from the unit tests of Serenade's evaluator. */
    @Test
    void metricsMatchSerenadesUnitTests() {
        long[] predicted = LongStream.rangeClosed(1, 20).toArray();
        Map<Metric, Double> single = metrics().measure(predicted, new long[] {77, 3, 55, 3, 4}, 1);
        assertEquals(1 / 3.0, single.getOrDefault(Metric.MRR, Double.NaN), 1e-15);
        assertEquals(2 / 20.0, single.getOrDefault(Metric.PRECISION, Double.NaN), 1e-15);
        assertEquals(0.5, single.getOrDefault(Metric.RECALL, Double.NaN), 1e-15);
        Map<Metric, Double> distinct = metrics().measure(predicted, new long[] {77, 3, 55, 88, 4}, 1);
        assertEquals(0.36121211352040195, distinct.getOrDefault(Metric.NDCG, Double.NaN), 1e-15);
        Map<Metric, Double> second = metrics().measure(new long[] {1, 2}, new long[] {77, 2, 3}, 1);
        assertEquals(1, second.getOrDefault(Metric.HIT_RATE, Double.NaN));
    }

    private static PredictionMetrics metrics() {
        return new PredictionMetrics(20, new ItemCounts(DATA.train()));
    }

    /** Eight sessions of one prediction each, half of them hits: Student's interval is the mean ± 2.3646 standard errors. */
    @Test
    void theIntervalIsStudentsOverSessions() {
        var means = new SessionMeans();
        for (int session = 0; session < 8; session++) {
            double sum = session % 2;
            means.add(Map.of(Metric.MRR, sum), 1);
        }
        EvaluationResult.Mean mean = Objects.requireNonNull(means.means().get(Metric.MRR));
        assertEquals(0.5, mean.value());
        assertEquals(0.5 - 2.364624 * Math.sqrt(2 / 7.0 / 8), mean.interval().lower(), 1e-6);
        assertEquals(0.5 + 2.364624 * Math.sqrt(2 / 7.0 / 8), mean.interval().upper(), 1e-6);
    }

    @Test
    void sessionsAreTheUnitsOfTheInterval() {
        var means = new SessionMeans();
        for (int session = 0; session < 8; session++) {
            double sum = session % 2 * 50; // 50 identical predictions have the information of one
            means.add(Map.of(Metric.MRR, sum), 50);
        }
        assertEquals(
                0.5 - 2.364624 * Math.sqrt(2 / 7.0 / 8),
                Objects.requireNonNull(means.means().get(Metric.MRR)).interval().lower(),
                1e-6);
    }

    @Test
    void theIntervalOfASingleSessionIsUnbounded() {
        EvaluationResult result = new NextItemEvaluation(DATA.train(), EvaluationOptions.DEFAULT)
                .evaluate(nothing(), DATA.test().subList(0, 1));
        assertFalse(Objects.requireNonNull(result.metrics().get(Metric.MRR))
                .interval()
                .isBounded());
        assertEquals(0, result.mean(Metric.POPULARITY), "nothing was predicted");
    }

    private static NextItemPredictor nothing() {
        return (session, length, count, currentAllowed) -> new long[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-knn", "co-occurrence", "popularity"})
    void allRecommendersPredictDistinctKnownItemsFromThePlayedItems(String name) {
        NextItemPredictor next = learn(name);
        for (ItemSession session : DATA.test()) {
            for (int length = 1; length <= session.items().length; length++) {
                long[] items = next.predict(session.items(), length, 3, false);
                long current = session.items()[length - 1];
                assertTrue(items.length <= 3);
                assertEquals(items.length, Arrays.stream(items).distinct().count());
                assertTrue(Arrays.stream(items).allMatch(item -> item != current && item != 9));
                assertArrayEquals(items, next.predict(Arrays.copyOf(session.items(), length), length, 3, false));
            }
        }
    }

    @Test
    void coOccurrenceRanksByTheNumberOfCommonSessions() {
        long[] session = {2};
        assertArrayEquals(new long[] {1, 3, 4}, learn("co-occurrence").predict(session, 1, 5, false));
        assertArrayEquals(new long[] {1, 3}, learn("co-occurrence").predict(session, 1, 2, false));
        RecommenderKind kind = RecommenderKinds.byName(KINDS, "co-occurrence");
        NextItemPredictor byShare = kind.learn(DATA.train()).with(Values.of(kind, Map.of("popularity", 2.0)));
        assertArrayEquals(new long[] {4, 1, 3}, byShare.predict(session, 1, 5, false), "1/1, 2/4, 2/4");
    }

    @Test
    void aFullIndexWarns() {
        RecommenderKind kind = RecommenderKinds.byName(RecommenderKinds.all(2), "session-knn");
        LearnedModel learned = kind.learn(DATA.train());
        assertEquals(
                List.of("the index has only the newest 2 of 3 training sessions; raise --index-sessions to use all"),
                learned.warnings());
        assertEquals(
                List.of(),
                RecommenderKinds.byName(KINDS, "session-knn")
                        .learn(DATA.train())
                        .warnings());
    }

    @Test
    void invalidNamesAndValuesAreRejected() {
        assertMessage(
                "there is no recommender knn; the recommenders are session-knn, co-occurrence, popularity",
                () -> RecommenderKinds.byName(KINDS, "knn"));
        RecommenderKind kind = RecommenderKinds.byName(KINDS, "session-knn");
        assertMessage("parameter k must be a whole number, and is 1.5", () -> Values.of(kind, Map.of("k", 1.5)));
        assertMessage(
                "the recommender co-occurrence has no parameter k; it has popularity",
                () -> Values.of(RecommenderKinds.byName(KINDS, "co-occurrence"), Map.of("k", 1.0)));
        assertMessage(
                "the number of predicted items must be from 1 to 1000, and is 0",
                () -> new EvaluationOptions(0, false));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(EvaluationException.class, call).getMessage());
    }

    private static NextItemPredictor learn(String name) {
        RecommenderKind kind = RecommenderKinds.byName(KINDS, name);
        return kind.learn(DATA.train()).with(Values.of(kind, Map.of()));
    }

    private static EvaluationResult evaluate(String name, EvaluationOptions options) {
        return new NextItemEvaluation(DATA.train(), options).evaluate(learn(name), DATA.test());
    }
}
