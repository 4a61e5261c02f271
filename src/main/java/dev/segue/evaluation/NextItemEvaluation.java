package dev.segue.evaluation;

import dev.segue.evaluation.RecommenderKind.NextItemPredictor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates a prediction after each item of each session except the last.
 *
 * <p>A reported metric is the mean over the predictions. The predictions of a session are correlated, so sessions are the units of the
 * confidence interval: Student's interval of the ratio of the sessions' sums to their numbers of predictions, by the delta method.
 */
public final class NextItemEvaluation {

    private static final double NANOS_PER_MICRO = 1000;
    /** The number of predictions before the measurement, for the JIT compiler. */
    private static final int WARM_UP = 5000;

    private final ItemCounts counts;
    private final EvaluationOptions options;

    /** @param train the training sessions, for the popularity of items; at least one */
    public NextItemEvaluation(List<ItemSession> train, EvaluationOptions options) {
        counts = new ItemCounts(train);
        this.options = options;
    }

    /** Measures predictions and their duration, after a warm-up.
     *
     * @param sessions at least one of them with two items
     */
    public EvaluationResult evaluate(NextItemPredictor predictor, List<ItemSession> sessions) {
        warmUp(predictor, sessions);
        return measure(predictor, sessions);
    }

    /** Measures predictions without a warm-up, so that their durations are not representative. */
    EvaluationResult measure(NextItemPredictor predictor, List<ItemSession> sessions) {
        var predictionMetrics = new PredictionMetrics(options.count(), counts);
        var means = new SessionMeans();
        long[] nanos =
                new long[sessions.stream().mapToInt(ItemSession::predictions).sum()];
        int count = 0;
        long unknown = 0;
        for (ItemSession session : sessions) {
            Map<Metric, Double> sums = new EnumMap<>(Metric.class);
            for (int length = 1; length < session.items().length; length++) {
                long startNanos = System.nanoTime();
                long[] items = predict(predictor, session, length);
                nanos[count++] = System.nanoTime() - startNanos;
                predictionMetrics
                        .measure(items, session.items(), length)
                        .forEach((metric, value) -> sums.merge(metric, value, Double::sum));
            }
            means.add(sums, session.predictions());
            unknown += Arrays.stream(session.items())
                    .filter(item -> !counts.contains(item))
                    .count();
        }
        Arrays.sort(nanos);
        return new EvaluationResult(
                means.sessions(),
                sessions.size() - means.sessions(),
                count,
                unknown,
                means.means(),
                predictionMetrics.coverage(),
                micros(nanos, 0.5),
                micros(nanos, 0.9));
    }

    private void warmUp(NextItemPredictor predictor, List<ItemSession> sessions) {
        for (int count = 0; count < WARM_UP; ) {
            for (ItemSession session : sessions) {
                for (int length = 1; length < session.items().length && count < WARM_UP; length++) {
                    predict(predictor, session, length);
                    count++;
                }
            }
        }
    }

    private long[] predict(NextItemPredictor predictor, ItemSession session, int length) {
        return predictor.predict(session.items(), length, options.count(), options.currentAllowed());
    }

    /** The quantile at {@code share}, 0 to 1, in µs. */
    private static double micros(long[] sortedNanos, double share) {
        int place = (int) Math.ceil(share * sortedNanos.length) - 1;
        return sortedNanos[Math.max(0, place)] / NANOS_PER_MICRO;
    }
}
