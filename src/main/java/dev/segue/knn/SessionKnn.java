package dev.segue.knn;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Predicts what comes next in a session from the sessions of an index that resemble it.
 *
 * <p>Candidates are the most recent sessions that share an item with the current one. Each item keeps its sessions in the order of age, so
 * that a merge of the lists of the current session's items visits the candidates from the newest on, each of them once with all
 * items that it shares, and ends after as many as are wanted: no table of similarities is needed (VMIS-kNN keeps one, and a heap of ages
 * beside it, for the same result). The most similar candidates, the neighbours, then score their items.
 *
 * <p>Any thread may predict; each prediction takes its working memory from a pool.
 */
public final class SessionKnn {

    private final SessionIndex index;
    private final KnnSettings settings;
    private final Queue<Neighbourhood> pool = new ConcurrentLinkedQueue<>();

    /** Predicts from an index, as it is at each prediction. */
    public SessionKnn(SessionIndex index, KnnSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    /** The index. */
    public SessionIndex index() {
        return index;
    }

    /**
     * The items with the highest scores, the best first; of equal scores the smaller ids come first. Only items with a positive score
     * are predicted, so that there may be none.
     *
     * @param session what the session has had
     * @param count how many items are wanted at most
     * @param allowed which items may be predicted; null for all
     */
    public ScoredItems predict(KnnQuery session, int count, @Nullable LongPredicate allowed) {
        Neighbourhood neighbourhood = pool.poll();
        if (neighbourhood == null) {
            neighbourhood = new Neighbourhood(index, settings);
        }
        index.readLock().lock();
        try {
            return neighbourhood.predict(session, count, allowed);
        } finally {
            index.readLock().unlock();
            pool.add(neighbourhood);
        }
    }
}
