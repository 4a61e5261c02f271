package dev.segue.catalog;

/**
 * A dense matrix of int32 in C order: the value at (row, column) is {@code values[row * columns + column]}. The array
 * is shared, not copied, and two matrices are equal only when they share it.
 */
@SuppressWarnings("ArrayRecordComponent") // one flat array is the point; equality is described above
public record IntMatrix(int rows, int columns, int[] values) {

    public IntMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix cannot have " + values.length + " values");
        }
    }
}
