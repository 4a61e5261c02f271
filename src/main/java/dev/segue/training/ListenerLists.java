package dev.segue.training;

import dev.segue.embedding.EmbeddingModel;
import dev.segue.listener.ListenerId;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Each listener's own tracks, whatever was played before: those with the largest (w⊙U[u])·T[t], where w are the weights of the
 * linear layer. That is the listener's part of the model {@link ModelType#NEW}. Tracks that were never trained are left out.
 */
public final class ListenerLists {

    private final Map<ListenerId, Integer> rows = new HashMap<>();
    private final List<ListenerId> listeners;
    private final int[] candidates;
    private final IntMatrix nearest;

    /**
     * Finds the lists.
     *
     * @param k how many tracks each; fewer if fewer were trained
     * @throws TrainingException if the model does not know listeners, or k is less than 1
     */
    public ListenerLists(ModelFolder trained, int k) {
        EmbeddingModel model = trained.model();
        if (!model.type().hasListeners()) {
            throw new TrainingException(
                    "the model " + model.type().json() + " knows no listeners; train --model new, and use that");
        }
        if (k < 1) {
            throw new TrainingException("a list has 1 track or more, not " + k);
        }
        listeners = trained.listeners();
        for (ListenerId listener : listeners) {
            rows.put(listener, rows.size());
        }
        candidates = trained.playedTracks();
        int found = Math.min(k, candidates.length);
        nearest = found == 0
                ? IntMatrix.zeros(listeners.size(), 0)
                : NearestTracks.nearest(weighted(model), model.tracks().select(candidates), found);
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

    /** The listeners that have a list: all that the model knows. */
    public List<ListenerId> listeners() {
        return listeners;
    }

    /**
     * A listener's tracks, the best first, ties by id.
     *
     * @throws NullPointerException if the model does not know the listener
     */
    public int[] of(ListenerId listener) {
        int row = Objects.requireNonNull(rows.get(listener), "no such listener");
        return IntStream.range(0, nearest.columns())
                .map(i -> candidates[nearest.get(row, i)])
                .toArray();
    }
}
