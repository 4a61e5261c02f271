package dev.segue.evaluation;

import java.util.List;

/** The items that were played most often, for every session. */
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
    public Learned learn(List<ItemSession> train) {
        long[] ranked = new ItemCounts(train).ranked();
        return values -> (session, length, count, currentAllowed) ->
                Prefix.of(ranked, count, currentAllowed ? item -> true : item -> item != session[length - 1]);
    }
}
