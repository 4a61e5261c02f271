package dev.segue.evaluation;

import dev.segue.knn.IndexLimits;
import java.util.List;

/** The list of the recommenders that can be evaluated. */
public final class RecommenderKinds {

    private RecommenderKinds() {}

    /** All recommenders.
     *
     * @param indexSessions maximum number of sessions in an index of past sessions
     */
    public static List<RecommenderKind> all(int indexSessions) {
        return List.of(
                new SessionKnnKind(new IndexLimits(
                        indexSessions, IndexLimits.DEFAULT.itemsPerSession(), IndexLimits.DEFAULT.sessionsPerItem())),
                new CoOccurrenceKind(),
                new PopularityKind());
    }

    /** The recommender with a name.
     *
     * @throws EvaluationException if there is none
     */
    public static RecommenderKind byName(List<RecommenderKind> kinds, String name) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EvaluationException("there is no recommender " + name
                        + "; the recommenders are "
                        + String.join(
                                ", ", kinds.stream().map(RecommenderKind::name).toList())));
    }
}
