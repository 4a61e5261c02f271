package dev.segue.matrix;

import java.util.Arrays;

/**
 * A dense matrix of int32 in C order: the value at (row, column) is {@code values[row * columns + column]}. The array
 * is shared, not copied, and two matrices are equal only if they share it.
 */
@SuppressWarnings("ArrayRecordComponent") // equality is described above
public record IntMatrix(int rows, int columns, int[] values) {

    public IntMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix cannot have " + values.length + " values");
        }
    }

    /** A matrix of zeros. */
    public static IntMatrix zeros(int rows, int columns) {
        return new IntMatrix(rows, columns, new int[Math.multiplyExact(rows, columns)]);
    }

    public int get(int row, int column) {
        return values[row * columns + column];
    }

    public void set(int row, int column, int value) {
        values[row * columns + column] = value;
    }

    /** A copy of one row. */
    public int[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }
}
