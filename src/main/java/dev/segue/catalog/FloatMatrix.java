package dev.segue.catalog;

/**
 * A dense matrix of float32 in C order: the value at (row, column) is {@code values[row * columns + column]}. The array
 * is shared, not copied, and two matrices are equal only when they share it.
 */
@SuppressWarnings("ArrayRecordComponent") // one flat array is the point; equality is described above
public record FloatMatrix(int rows, int columns, float[] values) {

    public FloatMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix cannot have " + values.length + " values");
        }
    }
}
