package dev.segue.evaluation;

import dev.segue.evaluation.Parameter.Scale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items that most often were in one session with the item played last. With {@code popularity} above 0, a count is divided by
 * the number of the other item's plays to this power: 0.5 ranks by the cosine of the items' sessions.
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
    public Learned learn(List<ItemSession> train) {
        var plays = new ItemCounts(train);
        Map<Long, Map<Long, Integer>> together = new HashMap<>();
        for (ItemSession session : train) {
            long[] distinct = Arrays.stream(session.items()).distinct().toArray();
            for (long item : distinct) {
                Map<Long, Integer> others = together.computeIfAbsent(item, key -> new HashMap<>());
                for (long other : distinct) {
                    if (other != item) {
                        others.merge(other, 1, Integer::sum);
                    }
                }
            }
        }
        return values -> predictions(together, plays, values.get("popularity"));
    }

    private static NextItems predictions(Map<Long, Map<Long, Integer>> together, ItemCounts plays, double popularity) {
        Map<Long, long[]> ranked = new HashMap<>(); // of the items that were asked for
        return (session, length, count, currentAllowed) -> {
            long current = session[length - 1];
            long[] others = ranked.computeIfAbsent(
                    current, item -> rank(together.getOrDefault(item, Map.of()), plays, popularity));
            return Prefix.of(others, count, item -> true);
        };
    }

    private static long[] rank(Map<Long, Integer> counts, ItemCounts plays, double popularity) {
        Map<Long, Double> scores = new HashMap<>();
        counts.forEach((item, count) -> scores.put(item, count / Math.pow(plays.plays(item), popularity)));
        return ItemCounts.rank(scores);
    }
}
