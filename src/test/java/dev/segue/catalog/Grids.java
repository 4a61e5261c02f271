package dev.segue.catalog;

import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;

/** Creates matrices of small integers, so that sums are exact and many scores are equal. */
public final class Grids {

    private Grids() {}

    /** Creates a random matrix of integers from −2 to 2. */
    public static FloatMatrix grid(int rows, int columns, long seed) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            var random = new KeyedRandom(seed, row, 0, 0);
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, random.nextInt(5) - 2);
            }
        }
        return matrix;
    }
}
