package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The tracks with the largest (w⊙U[u])·T[t] for each listener u, where w are the weights of the linear layer: the listener's term of the
 * model {@link ModelType#NEW}, independent of the context. Excludes tracks without training rows.
 */
public final class ListenerLists {

    private final Map<ListenerId, Integer> rows = new HashMap<>();
    private final List<ListenerId> listeners;
    private final int[] candidates;
    private final TrackRows tracks;
    private final IntMatrix nearest;

    /** Computes the lists.
     *
     * @param k number of tracks for each listener, ≥ 1; lists are shorter if fewer tracks were trained
     * @throws TrainingException if the model has no listeners, or k is less than 1
     */
    public ListenerLists(ModelFolder trained, int k) {
        EmbeddingModel model = trained.model();
        if (!model.type().hasListeners()) {
            throw new TrainingException(
                    "the model " + model.type().json() + " has no listeners; train one with --model new and use it");
        }
        if (k < 1) {
            throw new TrainingException("the number of tracks must be at least 1, is " + k);
        }
        listeners = trained.listeners();
        for (ListenerId listener : listeners) {
            rows.put(listener, rows.size());
        }
        candidates = trained.playedTracks();
        tracks = trained.tracks();
        int count = Math.min(k, candidates.length);
        nearest = count == 0
                ? IntMatrix.zeros(listeners.size(), 0)
                : NearestTracks.nearest(weighted(model), model.tracks().select(candidates), count);
    }

    private static FloatMatrix weighted(EmbeddingModel model) {
        FloatMatrix table = Objects.requireNonNull(model.listeners());
        FloatMatrix weights = Objects.requireNonNull(model.linear());
        FloatMatrix weighted = FloatMatrix.zeros(table.rows(), table.columns());
        for (int row = 0; row < table.rows(); row++) {
            for (int column = 0; column < table.columns(); column++) {
                weighted.set(row, column, weights.get(0, column) * table.get(row, column));
            }
        }
        return weighted;
    }

    /** The listeners with a list: all listeners of the model. */
    public List<ListenerId> listeners() {
        return listeners;
    }

    /** A listener's tracks, best first, ties in the order of the model's rows.
     *
     * @throws NullPointerException if the model does not have the listener
     */
    public int[] of(ListenerId listener) {
        int row = Objects.requireNonNull(rows.get(listener), "no such listener");
        return IntStream.range(0, nearest.columns())
                .map(i -> tracks.track(candidates[nearest.get(row, i)]))
                .toArray();
    }
}
