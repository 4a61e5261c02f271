package dev.segue.content;

import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NearestTracks;

/** The nearest tracks by the embeddings' part of the similarity. */
final class EmbeddingNeighbours {

    private final FloatMatrix rows;
    private final IntMatrix nearest;

    /**
     * Finds the nearest tracks; compares each track with each.
     *
     * @param lengths the lengths of the rows' blocks of the embedding
     * @param count maximum number of tracks for each, at least 1
     */
    EmbeddingNeighbours(ContentEmbeddings embeddings, float[] lengths, int count) {
        rows = embeddings.scaled(lengths);
        nearest = rows.rows() < 2
                ? IntMatrix.zeros(rows.rows(), 0)
                : NearestTracks.nearestOthers(rows, rows, Math.min(count, rows.rows() - 1));
    }

    /** The number of nearest tracks of each track. */
    int count() {
        return nearest.columns();
    }

    /** A track's i-th nearest track. */
    int nearest(int row, int i) {
        return nearest.get(row, i);
    }

    /** The embeddings' part of the similarity of two tracks. */
    double product(int a, int b) {
        double product = 0;
        for (int i = 0; i < rows.columns(); i++) {
            product += (double) rows.get(a, i) * rows.get(b, i);
        }
        return product;
    }

    /** An upper bound of the product of a track with tracks other than its nearest ones, at least 0. */
    double bound(int row) {
        boolean isAll = count() >= rows.rows() - 1;
        return isAll ? 0 : Math.max(0, product(row, nearest(row, count() - 1)));
    }
}
