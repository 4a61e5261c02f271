package dev.segue.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Asks for a prediction after each item of each session but the last, and measures it.
 *
 * <p>A metric is the mean over the predictions. The predictions of a session depend on each other, so that sessions are the units of its
 * confidence interval: Student's, of the ratio of the sessions' sums to their numbers of predictions, by the delta method.
 */
public final class NextItemEvaluation {

    private static final double NANOS_OF_MICRO = 1000;
    /** So many predictions are made before time is taken, for the compiler's sake. */
    private static final int WARM_UP = 5000;

    private final ItemCounts counts;
    private final EvaluationOptions options;

    /**
     * @param train the training sessions, whose items determine popularity; at least one
     */
    public NextItemEvaluation(List<ItemSession> train, EvaluationOptions options) {
        counts = new ItemCounts(train);
        this.options = options;
    }

    /**
     * Measures predictions, and how long they take after a warm-up.
     *
     * @param sessions of which at least one has two items
     */
    public EvaluationResult evaluate(RecommenderKind.NextItems predictions, List<ItemSession> sessions) {
        warmUp(predictions, sessions);
        return measure(predictions, sessions);
    }

    /** Measures predictions without a warm-up, so that the times mean little. */
    EvaluationResult measure(RecommenderKind.NextItems predictions, List<ItemSession> sessions) {
        var figures = new PredictionFigures(options.count(), counts);
        var means = new SessionMeans();
        long[] nanos =
                new long[sessions.stream().mapToInt(ItemSession::predictions).sum()];
        int made = 0;
        long unknown = 0;
        for (ItemSession session : sessions) {
            Map<Metric, Double> sums = new EnumMap<>(Metric.class);
            for (int length = 1; length < session.items().length; length++) {
                long begin = System.nanoTime();
                long[] items = predict(predictions, session, length);
                nanos[made++] = System.nanoTime() - begin;
                figures.of(items, session.items(), length)
                        .forEach((metric, figure) -> sums.merge(metric, figure, Double::sum));
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
                made,
                unknown,
                means.means(),
                figures.coverage(),
                micros(nanos, 0.5),
                micros(nanos, 0.9));
    }

    private void warmUp(RecommenderKind.NextItems predictions, List<ItemSession> sessions) {
        for (int made = 0; made < WARM_UP; ) {
            for (ItemSession session : sessions) {
                for (int length = 1; length < session.items().length && made < WARM_UP; length++) {
                    predict(predictions, session, length);
                    made++;
                }
            }
        }
    }

    private long[] predict(RecommenderKind.NextItems predictions, ItemSession session, int length) {
        return predictions.predict(session.items(), length, options.count(), options.currentAllowed());
    }

    /** The smallest time that this share of all times does not exceed. */
    private static double micros(long[] sortedNanos, double share) {
        int place = (int) Math.ceil(share * sortedNanos.length) - 1;
        return sortedNanos[Math.max(0, place)] / NANOS_OF_MICRO;
    }
}
