package dev.segue.evaluation;

import java.util.List;

/** Predicts the most played items of the training sessions, independent of the session. */
final class PopularityKind implements RecommenderKind {

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public LearnedModel learn(List<ItemSession> train) {
        long[] ranked = new ItemCounts(train).ranked();
        return values -> (session, length, count, currentAllowed) ->
                Prefix.of(ranked, count, currentAllowed ? item -> true : item -> item != session[length - 1]);
    }
}
