package dev.segue.evaluation;

import dev.segue.evaluation.Parameter.Scale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the items with the largest number of training sessions in common with the current item. The parameter {@code popularity} p
 * divides the number by the predicted item's number of plays to the power p; p = 0.5 ranks by the cosine similarity of the items'
 * sessions.
 */
final class CoOccurrenceKind implements RecommenderKind {

    private static final List<Parameter> PARAMETERS = List.of(new Parameter("popularity", 0, 0, 1, Scale.LINEAR));

    @Override
    public String name() {
        return "co-occurrence";
    }

    @Override
    public List<Parameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public LearnedModel learn(List<ItemSession> train) {
        var plays = new ItemCounts(train);
        Map<Long, Map<Long, Integer>> coOccurrences = new HashMap<>();
        for (ItemSession session : train) {
            long[] distinct = Arrays.stream(session.items()).distinct().toArray();
            for (long item : distinct) {
                Map<Long, Integer> others = coOccurrences.computeIfAbsent(item, key -> new HashMap<>());
                for (long other : distinct) {
                    if (other != item) {
                        others.merge(other, 1, Integer::sum);
                    }
                }
            }
        }
        return values -> predictor(coOccurrences, plays, values.get("popularity"));
    }

    private static NextItemPredictor predictor(
            Map<Long, Map<Long, Integer>> coOccurrences, ItemCounts plays, double popularity) {
        Map<Long, long[]> ranked = new HashMap<>(); // by current item
        return (session, length, count, currentAllowed) -> {
            long current = session[length - 1];
            long[] others = ranked.computeIfAbsent(
                    current, item -> rank(coOccurrences.getOrDefault(item, Map.of()), plays, popularity));
            return Prefix.of(others, count, item -> true);
        };
    }

    private static long[] rank(Map<Long, Integer> counts, ItemCounts plays, double popularity) {
        Map<Long, Double> scores = new HashMap<>();
        counts.forEach((item, count) -> scores.put(item, count / Math.pow(plays.plays(item), popularity)));
        return ItemCounts.rank(scores);
    }
}
