package dev.segue.posterior;

/**
 * Symmetric matrices of a small order n, packed: the lower triangle row by row, n(n + 1)/2 numbers from an offset of an array. The
 * first m rows of a packed matrix are a packed matrix of order m.
 */
final class Packed {

    private Packed() {}

    /** How many numbers a matrix of order n takes. */
    static int size(int n) {
        return n * (n + 1) / 2;
    }

    /** Where row i, column j ≤ i stands. */
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
    static void add(double[] y, int yAt, double c, double[] x, int xAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] += c * x[xAt + i];
        }
    }

    /** M += c · x xᵀ. */
    static void addOuter(double[] m, int mAt, double c, double[] x, int xAt, int n) {
        int at = mAt;
        for (int i = 0; i < n; i++) {
            double cx = c * x[xAt + i];
            for (int j = 0; j <= i; j++) {
                m[at++] += cx * x[xAt + j];
            }
        }
    }

    /** x · y; four sums side by side, which is twice as fast as one. */
    static double dot(double[] x, int xAt, double[] y, int yAt, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a += x[xAt + i] * y[yAt + i];
            b += x[xAt + i + 1] * y[yAt + i + 1];
            c += x[xAt + i + 2] * y[yAt + i + 2];
            d += x[xAt + i + 3] * y[yAt + i + 3];
        }
        for (; i < length; i++) {
            a += x[xAt + i] * y[yAt + i];
        }
        return a + b + (c + d);
    }

    /** y = M x; y must not be x. */
    static void multiply(double[] m, int mAt, double[] x, int xAt, double[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = 0;
        }
        int at = mAt;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            double xi = x[xAt + i];
            for (int j = 0; j < i; j++) {
                double value = m[at++];
                sum += value * x[xAt + j];
                y[yAt + j] += value * xi;
            }
            y[yAt + i] += sum + m[at++] * xi;
        }
    }

    /** Doubles (factor 2) or halves (factor ½) what is beside the diagonal: ⟨A, B⟩ is then the dot product of one so doubled and the other. */
    static void scaleOffDiagonal(double[] m, int at, int n, double factor) {
        int position = at;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                m[position++] *= factor;
            }
            position++;
        }
    }

    /**
     * Replaces a matrix by its Cholesky factor L, M = L Lᵀ.
     *
     * @throws ArithmeticException if the matrix is not positive definite
     */
    static void factor(double[] m, int at, int n) {
        for (int i = 0; i < n; i++) {
            int row = at + index(i, 0);
            for (int j = 0; j < i; j++) {
                int other = at + index(j, 0);
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
    static void solveLower(double[] factor, int at, int n, double[] x, int xAt) {
        for (int i = 0; i < n; i++) {
            int row = at + index(i, 0);
            x[xAt + i] = (x[xAt + i] - dot(factor, row, x, xAt, i)) / factor[row + i];
        }
    }

    /** Replaces x by M⁻¹ x, M = L Lᵀ. */
    static void solve(double[] factor, int at, int n, double[] x, int xAt) {
        solveLower(factor, at, n, x, xAt);
        for (int i = n - 1; i >= 0; i--) {
            int row = at + index(i, 0);
            double value = x[xAt + i] / factor[row + i];
            x[xAt + i] = value;
            for (int j = 0; j < i; j++) {
                x[xAt + j] -= factor[row + j] * value;
            }
        }
    }

    /** log |M|, M = L Lᵀ. */
    static double logDeterminant(double[] factor, int at, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(factor[at + index(i, i)]);
        }
        return 2 * sum;
    }

    /** Replaces a Cholesky factor L by (L Lᵀ)⁻¹. */
    static void invertFactored(double[] m, int at, int n) {
        for (int i = 0; i < n; i++) { // K = L⁻¹, row by row
            int row = at + index(i, 0);
            double inverse = 1 / m[row + i];
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += m[row + k] * m[at + index(k, j)];
                }
                m[row + j] = -sum * inverse;
            }
            m[row + i] = inverse;
        }
        for (int i = 0; i < n; i++) { // Kᵀ K
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    int row = at + index(k, 0);
                    sum += m[row + i] * m[row + j];
                }
                m[at + index(i, j)] = sum;
            }
        }
    }

    /** A new matrix: the inverse. */
    static double[] inverse(double[] m) {
        double[] inverse = m.clone();
        int n = order(m.length);
        factor(inverse, 0, n);
        invertFactored(inverse, 0, n);
        return inverse;
    }

    /** A new matrix: a + c · b. */
    static double[] sum(double[] a, double c, double[] b) {
        double[] sum = a.clone();
        add(sum, 0, c, b, 0, sum.length);
        return sum;
    }

    private static int order(int size) {
        return (int) ((Math.sqrt(8.0 * size + 1) - 1) / 2);
    }
}
