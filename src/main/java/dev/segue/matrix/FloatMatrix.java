package dev.segue.matrix;

/**
 * A dense matrix of float32 in C order: the value at (row, column) is {@code values[row * columns + column]}. The array
 * is shared, not copied, and two matrices are equal only if they share it.
 */
@SuppressWarnings("ArrayRecordComponent") // equality is described above
public record FloatMatrix(int rows, int columns, float[] values) {

    public FloatMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix cannot have " + values.length + " values");
        }
    }

    /** A matrix of zeros. */
    public static FloatMatrix zeros(int rows, int columns) {
        return new FloatMatrix(rows, columns, new float[Math.multiplyExact(rows, columns)]);
    }

    public float get(int row, int column) {
        return values[row * columns + column];
    }

    public void set(int row, int column, float value) {
        values[row * columns + column] = value;
    }

    /** A new matrix of the selected rows, in the given order. */
    public FloatMatrix select(int[] selectedRows) {
        FloatMatrix selection = zeros(selectedRows.length, columns);
        for (int row = 0; row < selectedRows.length; row++) {
            System.arraycopy(values, selectedRows[row] * columns, selection.values, row * columns, columns);
        }
        return selection;
    }
}
