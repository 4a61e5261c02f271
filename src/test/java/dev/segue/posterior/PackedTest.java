package dev.segue.posterior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {

    private final Random random = new Random(3);

    /** A random positive definite matrix of order n. */
    private double[] matrix(int n) {
        double[] m = Packed.identity(n, 0.5);
        for (int i = 0; i < n + 2; i++) {
            Packed.addOuter(m, 0, 1, vector(n), 0, n);
        }
        return m;
    }

    private double[] vector(int n) {
        return random.doubles(n, -1, 1).toArray();
    }

    private static double at(double[] packed, int i, int j) {
        return packed[Packed.index(Math.max(i, j), Math.min(i, j))];
    }

    private static double[] times(double[] packed, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += at(packed, i, j) * x[j];
            }
        }
        return y;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 17})
    void productsMatchThoseOfTheFullMatrix(int n) {
        double[] m = matrix(n);
        double[] x = vector(n);
        double[] y = new double[n];
        Packed.multiply(m, 0, x, 0, y, 0, n);
        assertArrayEquals(times(m, x), y, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 17})
    void inverseAndSolveInvertTheProduct(int n) {
        double[] m = matrix(n);
        double[] x = vector(n);
        double[] y = times(m, x);
        assertArrayEquals(x, times(Packed.inverse(m), y), 1e-9);
        double[] factor = m.clone();
        Packed.factor(factor, 0, n);
        Packed.solve(factor, 0, n, y, 0);
        assertArrayEquals(x, y, 1e-9);
    }

    /** The determinant of [[4, 2], [2, 3]] is 8. */
    @Test
    void computesTheLogDeterminantOfTheFactoredMatrix() {
        double[] factor = {4, 2, 3};
        Packed.factor(factor, 0, 2);
        assertEquals(Math.log(8), Packed.logDeterminant(factor, 0, 2), 1e-12);
    }

    @Test
    void dotWithDoubledOffDiagonalIsTheInnerProductOfMatrices() {
        double[] a = matrix(5);
        double[] b = matrix(5);
        double expected = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                expected += at(a, i, j) * at(b, i, j);
            }
        }
        double[] doubled = a.clone();
        Packed.scaleOffDiagonal(doubled, 0, 5, 2);
        assertEquals(expected, Packed.dot(doubled, 0, b, 0, b.length), 1e-9);
        Packed.scaleOffDiagonal(doubled, 0, 5, 0.5);
        assertArrayEquals(a, doubled, 1e-12);
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsRejected() {
        double[] m = {1, 2, 1};
        assertThrows(ArithmeticException.class, () -> Packed.factor(m, 0, 2));
    }

    /** Row i of a factor depends only on the first i rows of the matrix. */
    @Test
    void theFactorOfTheFirstRowsIsThePrefixOfTheFactor() {
        double[] factor = matrix(6);
        double[] ofCorner = Arrays.copyOf(factor, Packed.size(4));
        Packed.factor(ofCorner, 0, 4);
        Packed.factor(factor, 0, 6);
        assertArrayEquals(Arrays.copyOf(factor, Packed.size(4)), ofCorner);
    }
}
