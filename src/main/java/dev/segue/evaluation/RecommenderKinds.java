package dev.segue.evaluation;

import dev.segue.knn.IndexLimits;
import java.util.List;

/** The recommenders that can be evaluated. Another one is added here. */
public final class RecommenderKinds {

    private RecommenderKinds() {}

    /**
     * All of them.
     *
     * @param indexSessions how many sessions an index of past sessions may hold
     */
    public static List<RecommenderKind> all(int indexSessions) {
        return List.of(
                new SessionKnnKind(new IndexLimits(
                        indexSessions, IndexLimits.DEFAULT.itemsPerSession(), IndexLimits.DEFAULT.sessionsPerItem())),
                new CoOccurrenceKind(),
                new PopularityKind());
    }

    /**
     * The one with a name.
     *
     * @throws EvaluationException if there is none
     */
    public static RecommenderKind named(List<RecommenderKind> kinds, String name) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EvaluationException("there is no recommender " + name
                        + "; those to evaluate are "
                        + String.join(
                                ", ", kinds.stream().map(RecommenderKind::name).toList())));
    }
}
