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

    private static final KnnSettings STANDARD = KnnSettings.CLICKS;

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("k", STANDARD.neighbours(), 50, 1500, Scale.LOG_INTEGER),
            new Parameter("m", STANDARD.recent(), 100, 1500, Scale.LOG_INTEGER),
            new Parameter("history", STANDARD.history(), 3, 20, Scale.LOG_INTEGER),
            new Parameter("position-decay", STANDARD.positionDecay(), 0.03, 1.5, Scale.ZERO_OR_LOG),
            new Parameter("match-decay", STANDARD.matchDecay(), 0.02, 1, Scale.ZERO_OR_LOG),
            new Parameter("query-idf", STANDARD.queryIdf(), 0.05, 10, Scale.ZERO_OR_LOG),
            new Parameter("item-idf", STANDARD.itemIdf(), 0.05, 10, Scale.ZERO_OR_LOG),
            new Parameter("length-exponent", STANDARD.lengthExponent(), 0, 0.8, Scale.LINEAR),
            new Parameter("recency-decay", STANDARD.recencyDecay(), 0.003, 0.1, Scale.ZERO_OR_LOG),
            new Parameter("forward-decay", STANDARD.forwardDecay(), 0.01, 1, Scale.ZERO_OR_LOG),
            new Parameter("backward", STANDARD.backward(), 0.3, 1, Scale.LINEAR),
            new Parameter("backward-decay", STANDARD.backwardDecay(), 0.03, 1, Scale.ZERO_OR_LOG),
            new Parameter("seen", STANDARD.seen(), 1, 8, Scale.LOG));

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
    public Learned learn(List<ItemSession> train) {
        var index = new SessionIndex(limits);
        for (ItemSession session : train) {
            index.add(session.items(), session.endMillis());
        }
        return new Learned() {
            @Override
            public NextItems with(Values values) {
                return predictions(new SessionKnn(index, settings(values)));
            }

            @Override
            public List<String> warnings() {
                return index.evicted() == 0
                        ? List.of()
                        : List.of(String.format(
                                Locale.ROOT,
                                "the index holds the newest %,d of %,d training sessions; give a larger --index-sessions to hold all",
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
                STANDARD.neutralShare());
    }

    private static NextItems predictions(SessionKnn knn) {
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
