package dev.segue.knn;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the next item of a session from similar sessions of an index.
 *
 * <p>Candidates are the most recent sessions that share an item with the current one. The index has the sessions of each item in order of
 * age. A merge of the lists of the current session's items therefore visits the candidates from newest to oldest, each of them once with
 * all shared items, and stops at the maximum number of candidates. VMIS-kNN needs a table of similarities and a heap of ages for the same
 * result. The most similar candidates are the neighbours, which then score their items.
 *
 * <p>Thread-safe. Each prediction takes its working memory from a pool.
 */
public final class SessionKnn {

    private final SessionIndex index;
    private final KnnSettings settings;
    private final Queue<Neighbourhood> pool = new ConcurrentLinkedQueue<>();

    /** Predicts from an index. Each prediction uses the index's current sessions. */
    public SessionKnn(SessionIndex index, KnnSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    public SessionIndex index() {
        return index;
    }

    /**
     * The items with the highest scores, best first; ties are in ascending order of the items. Only items with a positive score are
     * returned.
     *
     * @param session the session so far
     * @param count maximum number of items
     * @param allowed accepts the items that may be predicted; null for all
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
