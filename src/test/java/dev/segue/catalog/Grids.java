package dev.segue.catalog;

import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;

/** Matrices of small whole numbers, so that sums are exact and equal scores abound. */
public final class Grids {

    private Grids() {}

    /** Numbers from −2 to 2, another matrix for each seed. */
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
