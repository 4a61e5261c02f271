package dev.segue.posterior;

/**
 * Linear algebra for packed symmetric matrices. A packed matrix of order n is its lower triangle row by row: n(n + 1)/2 numbers from an
 * offset of an array. The first m rows of a packed matrix are a packed matrix of order m.
 */
final class Packed {

    private Packed() {}

    /** The number of elements of a packed matrix of order n. */
    static int size(int n) {
        return n * (n + 1) / 2;
    }

    /** The index of row i, column j ≤ i. */
    static int index(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    /** The identity matrix times a number. */
    static double[] identity(int n, double scale) {
        double[] identity = new double[size(n)];
        for (int i = 0; i < n; i++) {
            identity[index(i, i)] = scale;
        }
        return identity;
    }

    /** y += c · x, for vectors and for packed matrices. */
    static void add(double[] y, int yOffset, double c, double[] x, int xOffset, int length) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] += c * x[xOffset + i];
        }
    }

    /** M += c · x xᵀ. */
    static void addOuter(double[] m, int mOffset, double c, double[] x, int xOffset, int n) {
        int index = mOffset;
        for (int i = 0; i < n; i++) {
            double cx = c * x[xOffset + i];
            for (int j = 0; j <= i; j++) {
                m[index++] += cx * x[xOffset + j];
            }
        }
    }

    /** x · y. Four independent sums are twice as fast as one. */
    static double dot(double[] x, int xOffset, double[] y, int yOffset, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a += x[xOffset + i] * y[yOffset + i];
            b += x[xOffset + i + 1] * y[yOffset + i + 1];
            c += x[xOffset + i + 2] * y[yOffset + i + 2];
            d += x[xOffset + i + 3] * y[yOffset + i + 3];
        }
        for (; i < length; i++) {
            a += x[xOffset + i] * y[yOffset + i];
        }
        return a + b + (c + d);
    }

    /** y = M x; y must not be x. */
    static void multiply(double[] m, int mOffset, double[] x, int xOffset, double[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = 0;
        }
        int index = mOffset;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            double xi = x[xOffset + i];
            for (int j = 0; j < i; j++) {
                double value = m[index++];
                sum += value * x[xOffset + j];
                y[yOffset + j] += value * xi;
            }
            y[yOffset + i] += sum + m[index++] * xi;
        }
    }

    /** Multiplies the off-diagonal elements by a factor. ⟨A, B⟩ is the dot product of A with doubled off-diagonal elements and B. */
    static void scaleOffDiagonal(double[] m, int offset, int n, double factor) {
        int index = offset;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                m[index++] *= factor;
            }
            index++;
        }
    }

    /**
     * Replaces a matrix by its Cholesky factor L, M = L Lᵀ.
     *
     * @throws ArithmeticException if the matrix is not positive definite
     */
    static void factor(double[] m, int offset, int n) {
        for (int i = 0; i < n; i++) {
            int row = offset + index(i, 0);
            for (int j = 0; j < i; j++) {
                int other = offset + index(j, 0);
                m[row + j] = (m[row + j] - dot(m, row, m, other, j)) / m[other + j];
            }
            double square = m[row + i] - dot(m, row, m, row, i);
            if (!(square > 0)) {
                throw new ArithmeticException("a covariance is not positive definite");
            }
            m[row + i] = Math.sqrt(square);
        }
    }

    /** Replaces x by L⁻¹ x. */
    static void solveLower(double[] factor, int offset, int n, double[] x, int xOffset) {
        for (int i = 0; i < n; i++) {
            int row = offset + index(i, 0);
            x[xOffset + i] = (x[xOffset + i] - dot(factor, row, x, xOffset, i)) / factor[row + i];
        }
    }

    /** Replaces x by M⁻¹ x, M = L Lᵀ. */
    static void solve(double[] factor, int offset, int n, double[] x, int xOffset) {
        solveLower(factor, offset, n, x, xOffset);
        for (int i = n - 1; i >= 0; i--) {
            int row = offset + index(i, 0);
            double value = x[xOffset + i] / factor[row + i];
            x[xOffset + i] = value;
            for (int j = 0; j < i; j++) {
                x[xOffset + j] -= factor[row + j] * value;
            }
        }
    }

    /** log |M|, M = L Lᵀ. */
    static double logDeterminant(double[] factor, int offset, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(factor[offset + index(i, i)]);
        }
        return 2 * sum;
    }

    /** Replaces a Cholesky factor L by (L Lᵀ)⁻¹. */
    static void invertFactored(double[] m, int offset, int n) {
        for (int i = 0; i < n; i++) { // K = L⁻¹, row by row
            int row = offset + index(i, 0);
            double inverse = 1 / m[row + i];
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += m[row + k] * m[offset + index(k, j)];
                }
                m[row + j] = -sum * inverse;
            }
            m[row + i] = inverse;
        }
        for (int i = 0; i < n; i++) { // Kᵀ K
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    int row = offset + index(k, 0);
                    sum += m[row + i] * m[row + j];
                }
                m[offset + index(i, j)] = sum;
            }
        }
    }

    /** The inverse, as a new matrix. */
    static double[] inverse(double[] m) {
        double[] inverse = m.clone();
        int n = order(m.length);
        factor(inverse, 0, n);
        invertFactored(inverse, 0, n);
        return inverse;
    }

    /** a + c · b, as a new matrix. */
    static double[] sum(double[] a, double c, double[] b) {
        double[] sum = a.clone();
        add(sum, 0, c, b, 0, sum.length);
        return sum;
    }

    private static int order(int size) {
        return (int) ((Math.sqrt(8.0 * size + 1) - 1) / 2);
    }
}
