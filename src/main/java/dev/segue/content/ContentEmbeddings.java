package dev.segue.content;

import dev.segue.file.FileException;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.NpyFile;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Embeddings of the tracks' audio, one row for each row of the track file: for example the ones of AudioMuse, Essentia or CLAP. A row of
 * zeros stands for an unknown embedding.
 */
public final class ContentEmbeddings {

    private final FloatMatrix rows;
    private final boolean[] known;

    private ContentEmbeddings(FloatMatrix rows, boolean[] known) {
        this.rows = rows;
        this.known = known;
    }

    /**
     * Reads a matrix of float32, tracks × dimensions, and normalizes its rows.
     *
     * @param tracks the number of rows that it must have
     * @throws FileException if the file is not such a matrix, has another number of rows, or has a value that is not finite
     */
    public static ContentEmbeddings read(Path file, int tracks) {
        FloatMatrix matrix = NpyFile.readFloats(file);
        if (matrix.rows() != tracks || matrix.columns() == 0) {
            throw new FileException(String.format(
                    Locale.ROOT,
                    "%s: is a %d x %d matrix, but there are %d tracks; write one row for each row of the track file, in its order, and a"
                            + " row of zeros where the embedding is unknown",
                    file.getFileName(),
                    matrix.rows(),
                    matrix.columns(),
                    tracks));
        }
        boolean[] known = new boolean[tracks];
        for (int row = 0; row < tracks; row++) {
            double norm = norm(matrix, row);
            if (!Double.isFinite(norm)) {
                throw new FileException(file.getFileName() + ": row " + row
                        + " (from 0) has a value that is not finite; write zeros where the embedding is unknown");
            }
            known[row] = norm > 0;
            if (known[row]) {
                scale(matrix, row, 1 / norm);
            }
        }
        return new ContentEmbeddings(matrix, known);
    }

    private static double norm(FloatMatrix matrix, int row) {
        double squares = 0;
        for (int i = 0; i < matrix.columns(); i++) {
            squares += (double) matrix.get(row, i) * matrix.get(row, i);
        }
        return Math.sqrt(squares);
    }

    private static void scale(FloatMatrix matrix, int row, double factor) {
        for (int i = 0; i < matrix.columns(); i++) {
            matrix.set(row, i, (float) (matrix.get(row, i) * factor));
        }
    }

    /** Whether a row's embedding is known. */
    boolean isKnown(int row) {
        return known[row];
    }

    /** The rows, each scaled to the length that the function returns; the embeddings cannot be used afterwards. */
    FloatMatrix scaled(float[] lengths) {
        for (int row = 0; row < lengths.length; row++) {
            scale(rows, row, lengths[row]);
        }
        return rows;
    }
}
