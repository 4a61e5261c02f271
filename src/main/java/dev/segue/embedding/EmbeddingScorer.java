package dev.segue.embedding;

import dev.segue.listener.ListenerId;
import dev.segue.matrix.FloatMatrix;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts by an embedding model which share of a track a listener plays: sigmoid(Linear(U[u] ⊙ T[t]) + C[c]·T[t]), or C[c]·T[t] of
 * the contextual model. Both are functions of q·T[t] with q = w ⊙ U[u] + C[c], so that a request computes q once. Immutable: any
 * thread may use it.
 */
public final class EmbeddingScorer {

    private final EmbeddingModel model;
    private final Context context;
    private final double artistDiscount;
    private final BitSet known = new BitSet();
    private final Map<Long, Integer> listeners = new HashMap<>();

    /** w ⊙ U, a row for each listener and then one for unknown listeners, their mean; null of a model without listeners. */
    private final @Nullable FloatMatrix tastes;

    private final float bias;

    /** A scorer by a model as it was written. */
    public EmbeddingScorer(ServedModel served) {
        model = served.model();
        context = served.context();
        artistDiscount = served.artistDiscount();
        for (int track = 0; track < served.trackCounts().rows(); track++) {
            known.set(track, served.trackCounts().get(track, 0) > 0);
        }
        for (ListenerId id : served.listeners()) {
            listeners.put(id.key(), listeners.size());
        }
        FloatMatrix linear = model.linear();
        bias = linear == null ? 0 : linear.get(0, model.dimensions());
        tastes = linear == null || model.listeners() == null ? null : tastes(model.listeners(), linear);
    }

    private static FloatMatrix tastes(FloatMatrix listeners, FloatMatrix linear) {
        int rows = listeners.rows();
        FloatMatrix tastes = FloatMatrix.zeros(rows + 1, listeners.columns());
        for (int column = 0; column < listeners.columns(); column++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                float taste = linear.get(0, column) * listeners.get(row, column);
                tastes.set(row, column, taste);
                sum += taste;
            }
            tastes.set(rows, column, (float) (sum / Math.max(1, rows)));
        }
        return tastes;
    }

    /** The track that predictions go out from. */
    public Context context() {
        return context;
    }

    /** The factor by which each earlier track of an artist in a session lowers the share played of its next one, 0 to 1. */
    public double artistDiscount() {
        return artistDiscount;
    }

    /** Whether the model has learned anything about a track. */
    public boolean knows(int track) {
        return known.get(track);
    }

    /** How many tracks the model has learned something about. */
    public int tracks() {
        return known.cardinality();
    }

    /**
     * The vector q of a request.
     *
     * @param listener the listener's 64-bit key; one that the model does not know has the mean taste
     * @param from the track that the prediction goes out from; one that the model does not know adds nothing
     */
    public float[] query(long listener, int from) {
        int dimensions = model.dimensions();
        float[] query = new float[dimensions];
        if (from < model.contexts().rows()) {
            System.arraycopy(model.contexts().values(), from * dimensions, query, 0, dimensions);
        }
        if (tastes != null) {
            int row = listeners.getOrDefault(listener, tastes.rows() - 1);
            float[] values = tastes.values();
            for (int i = 0; i < dimensions; i++) {
                query[i] += values[row * dimensions + i];
            }
        }
        return query;
    }

    /**
     * The expected share of a track.
     *
     * @param query as {@link #query} returned it
     * @param track one that the model {@link #knows}
     * @return 0 to 1 by the model {@code new}; the contextual model's may lie outside
     */
    public double share(float[] query, int track) {
        double product = bias + product(query, model.tracks().values(), track * query.length);
        return tastes == null ? product : 1 / (1 + Math.exp(-product));
    }

    /** An inner product in four sums, which a processor computes side by side. */
    private static float product(float[] query, float[] values, int from) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        for (; i <= query.length - 4; i += 4) {
            first += query[i] * values[from + i];
            second += query[i + 1] * values[from + i + 1];
            third += query[i + 2] * values[from + i + 2];
            fourth += query[i + 3] * values[from + i + 3];
        }
        for (; i < query.length; i++) {
            first += query[i] * values[from + i];
        }
        return (first + second) + (third + fourth);
    }
}
