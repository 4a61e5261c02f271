package dev.segue.evaluation;

import dev.segue.evaluation.Parameter.Scale;
import dev.segue.knn.IndexLimits;
import dev.segue.knn.KnnQuery;
import dev.segue.knn.KnnSettings;
import dev.segue.knn.ScoredItems;
import dev.segue.knn.SessionIndex;
import dev.segue.knn.SessionKnn;
import java.util.List;
import java.util.Locale;

/** Session k-nearest neighbours. */
final class SessionKnnKind implements RecommenderKind {

    private static final KnnSettings DEFAULTS = KnnSettings.CLICKS;

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("k", DEFAULTS.neighbours(), 50, 1500, Scale.LOG_INTEGER),
            new Parameter("m", DEFAULTS.recent(), 100, 1500, Scale.LOG_INTEGER),
            new Parameter("history", DEFAULTS.history(), 3, 20, Scale.LOG_INTEGER),
            new Parameter("position-decay", DEFAULTS.positionDecay(), 0.03, 1.5, Scale.ZERO_OR_LOG),
            new Parameter("match-decay", DEFAULTS.matchDecay(), 0.02, 1, Scale.ZERO_OR_LOG),
            new Parameter("query-idf", DEFAULTS.queryIdf(), 0.05, 10, Scale.ZERO_OR_LOG),
            new Parameter("item-idf", DEFAULTS.itemIdf(), 0.05, 10, Scale.ZERO_OR_LOG),
            new Parameter("length-exponent", DEFAULTS.lengthExponent(), 0, 0.8, Scale.LINEAR),
            new Parameter("recency-decay", DEFAULTS.recencyDecay(), 0.003, 0.1, Scale.ZERO_OR_LOG),
            new Parameter("forward-decay", DEFAULTS.forwardDecay(), 0.01, 1, Scale.ZERO_OR_LOG),
            new Parameter("backward", DEFAULTS.backward(), 0.3, 1, Scale.LINEAR),
            new Parameter("backward-decay", DEFAULTS.backwardDecay(), 0.03, 1, Scale.ZERO_OR_LOG),
            new Parameter("seen", DEFAULTS.seen(), 1, 8, Scale.LOG));

    private final IndexLimits limits;

    SessionKnnKind(IndexLimits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "session-knn";
    }

    @Override
    public List<Parameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public LearnedModel learn(List<ItemSession> train) {
        var index = new SessionIndex(limits);
        for (ItemSession session : train) {
            index.add(session.items(), session.endMillis());
        }
        return new LearnedModel() {
            @Override
            public NextItemPredictor with(Values values) {
                return predictor(new SessionKnn(index, settings(values)));
            }

            @Override
            public List<String> warnings() {
                return index.evicted() == 0
                        ? List.of()
                        : List.of(String.format(
                                Locale.ROOT,
                                "the index has only the newest %,d of %,d training sessions; raise --index-sessions to use all",
                                index.sessions(),
                                train.size()));
            }
        };
    }

    private static KnnSettings settings(Values values) {
        return new KnnSettings(
                values.integer("k"),
                values.integer("m"),
                values.integer("history"),
                values.get("position-decay"),
                values.get("match-decay"),
                values.get("query-idf"),
                values.get("item-idf"),
                values.get("length-exponent"),
                values.get("recency-decay"),
                values.get("forward-decay"),
                values.get("backward"),
                values.get("backward-decay"),
                values.get("seen"),
                DEFAULTS.neutralShare());
    }

    private static NextItemPredictor predictor(SessionKnn knn) {
        var query = new KnnQuery();
        return (session, length, count, currentAllowed) -> {
            query.clear();
            for (int i = 0; i < length; i++) {
                query.add(session[i]);
            }
            long current = session[length - 1];
            ScoredItems scored = knn.predict(query, count, currentAllowed ? null : item -> item != current);
            long[] items = new long[scored.size()];
            for (int i = 0; i < items.length; i++) {
                items[i] = scored.item(i);
            }
            return items;
        };
    }
}
