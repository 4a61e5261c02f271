package dev.segue.embedding;

import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the played share of tracks by an embedding model: sigmoid(Linear(U[u] ⊙ T[t]) + C[c]·T[t]) by the model {@code new}, and
 * C[c]·T[t] by the contextual model. Both are functions of q·T[t] with q = w ⊙ U[u] + C[c], so that a request computes q once. Immutable.
 */
public final class EmbeddingScorer {

    private final EmbeddingModel model;
    private final TrackRows tracks;
    private final Context context;
    private final double artistDiscount;
    /** The rows of tracks with training rows. */
    private final BitSet trained = new BitSet();

    private final Map<Long, Integer> listeners = new HashMap<>();

    /** w ⊙ U, a row for each listener, then their mean for unknown listeners; null for a model without listeners. */
    private final @Nullable FloatMatrix tastes;

    private final float bias;

    /** Predicts by a served model. */
    public EmbeddingScorer(ServedModel served) {
        model = served.model();
        tracks = served.tracks();
        context = served.context();
        artistDiscount = served.artistDiscount();
        for (int row = 0; row < served.trackCounts().rows(); row++) {
            trained.set(row, served.trackCounts().get(row, 0) > 0);
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

    /** The context track of predictions. */
    public Context context() {
        return context;
    }

    /** The factor of the played share for each earlier track of the same artist in the session, 0 to 1. */
    public double artistDiscount() {
        return artistDiscount;
    }

    /** Whether the training data had a track. */
    public boolean isTrained(int track) {
        int row = tracks.row(track);
        return row >= 0 && trained.get(row);
    }

    /** The number of tracks of the training data. */
    public int tracks() {
        return trained.cardinality();
    }

    /** Computes the vector q of a request.
     *
     * @param listener the listener's 64-bit key; unknown listeners have the mean taste
     * @param contextTrack the context track; C is 0 for an unknown one
     * @return a vector of {@link EmbeddingModel#dimensions}
     */
    public float[] query(long listener, int contextTrack) {
        int dimensions = model.dimensions();
        float[] query = new float[dimensions];
        int contextRow = tracks.row(contextTrack);
        if (contextRow >= 0) {
            System.arraycopy(model.contexts().values(), contextRow * dimensions, query, 0, dimensions);
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

    /** The predicted share of a track.
     *
     * @param query the vector q, from {@link #query}
     * @param track a trained track ({@link #isTrained})
     * @return 0 to 1 by the model {@code new}; unbounded by the contextual model
     */
    public double share(float[] query, int track) {
        double product = bias + product(query, model.tracks().values(), tracks.row(track) * query.length);
        return tastes == null ? product : 1 / (1 + Math.exp(-product));
    }

    /** An inner product with four independent sums, which the CPU computes in parallel. */
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
