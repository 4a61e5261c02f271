package dev.segue.content;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of tracks as unit vectors, so that an inner product is a cosine.
 *
 * <p>A vector has a block for each part of the content: tags, genres, artist, album, year, embedding. The similarity of two tracks is
 *
 * <pre>Σ w[b] · cos[b](x, y), over the blocks b that both tracks have, divided by √(W(x) · W(y)),</pre>
 *
 * where W(x) is the sum of the weights of the blocks that x has. Tracks with equal content have the similarity 1. A part that one track
 * lacks lowers it only if the other track has that part. In the blocks of tags and genres, a feature f has the weight idf(f) =
 * ln(1 + N / n), n of the N tracks having it (K. Spärck Jones, 1972). The cosine of artists and of albums is 1 or 0. That of years is
 * max(0, 1 − |difference| / {@value #YEAR_SPAN}), which is the inner product of the years' intervals of {@value #YEAR_SPAN} years.
 */
final class FeatureVectors {

    /** The difference of years from which years have nothing in common. */
    static final int YEAR_SPAN = 10;

    private final TrackContent content;
    private final float[] weights;
    private final float[] yearWeights;
    private final float[] embeddingWeights;

    FeatureVectors(TrackContent content, ContentWeights partWeights, @Nullable ContentEmbeddings embeddings) {
        this.content = content;
        weights = new float[content.features().length];
        yearWeights = new float[content.rows()];
        embeddingWeights = new float[content.rows()];
        double[] idf = idf(content);
        for (int row = 0; row < content.rows(); row++) {
            boolean hasEmbedding = embeddings != null && embeddings.isKnown(row);
            weigh(row, idf, partWeights, hasEmbedding);
        }
    }

    private static double[] idf(TrackContent content) {
        int[] frequencies = content.frequencies();
        double[] idf = new double[frequencies.length];
        for (int feature = 0; feature < idf.length; feature++) {
            boolean isWeighted =
                    content.kinds()[feature] == FeatureKind.TAG || content.kinds()[feature] == FeatureKind.GENRE;
            idf[feature] = isWeighted ? Math.log1p((double) content.rows() / frequencies[feature]) : 1;
        }
        return idf;
    }

    private void weigh(int row, double[] idf, ContentWeights partWeights, boolean hasEmbedding) {
        Map<FeatureKind, Double> squares = new EnumMap<>(FeatureKind.class);
        for (int i = start(row); i < end(row); i++) {
            double weight = idf[feature(i)];
            squares.merge(content.kinds()[feature(i)], weight * weight, Double::sum);
        }
        double year = year(row) == TrackContent.NONE ? 0 : partWeights.year();
        double embedding = hasEmbedding ? partWeights.embedding() : 0;
        double total = year
                + embedding
                + squares.keySet().stream().mapToDouble(partWeights::of).sum();
        if (total == 0) {
            return;
        }
        for (int i = start(row); i < end(row); i++) {
            FeatureKind kind = content.kinds()[feature(i)];
            double share = partWeights.of(kind) / total;
            weights[i] = (float) (Math.sqrt(share / squares.getOrDefault(kind, 1.0)) * idf[feature(i)]);
        }
        yearWeights[row] = (float) Math.sqrt(year / total);
        embeddingWeights[row] = (float) Math.sqrt(embedding / total);
    }

    /** The number of tracks. */
    int rows() {
        return content.rows();
    }

    /** The number of features, without years. */
    int features() {
        return content.kinds().length;
    }

    /** The position of a row's first feature, for {@link #feature} and {@link #weight}. */
    int start(int row) {
        return content.offsets()[row];
    }

    /** The position after a row's last feature. */
    int end(int row) {
        return content.offsets()[row + 1];
    }

    int feature(int position) {
        return content.features()[position];
    }

    /** A feature's weight in a row; 0 if its kind has the weight 0. */
    float weight(int position) {
        return weights[position];
    }

    /** A row's year, or {@link TrackContent#NONE}. */
    int year(int row) {
        return content.years()[row];
    }

    /** The length of a row's block of the year; 0 without one. */
    float yearWeight(int row) {
        return yearWeights[row];
    }

    /** The lengths of the rows' blocks of the embedding; 0 without one. */
    float[] embeddingWeights() {
        return embeddingWeights;
    }

    /** The number of a row's artist, or {@link TrackContent#NONE}. */
    int artist(int row) {
        return content.artists()[row];
    }

    /** The cosine of two years. */
    static float yearKernel(int difference) {
        return Math.max(0, 1 - Math.abs(difference) / (float) YEAR_SPAN);
    }

    /** The inner product of two rows without their embeddings; the same in both orders of the rows. */
    double product(int a, int b) {
        double sum = 0;
        int i = start(a);
        int j = start(b);
        while (i < end(a) && j < end(b)) {
            int difference = Integer.compare(feature(i), feature(j));
            if (difference == 0) {
                sum += (double) weights[i] * weights[j];
            }
            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }
        double years = (double) yearWeights[a] * yearWeights[b];
        return years > 0 ? sum + years * yearKernel(year(a) - year(b)) : sum;
    }
}
