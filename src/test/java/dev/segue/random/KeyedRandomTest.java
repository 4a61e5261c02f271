package dev.segue.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyedRandomTest {

    @Test
    void sameKeysGiveTheSameNumbers() {
        var first = new KeyedRandom(1, 2, 3, 4);
        var second = new KeyedRandom(1, 2, 3, 4);
        for (int i = 0; i < 100; i++) {
            assertEquals(first.nextLong(), second.nextLong());
        }
    }

    @Test
    void eachKeyChangesTheNumbers() {
        long draw = new KeyedRandom(1, 2, 3, 4).nextLong();
        assertNotEquals(draw, new KeyedRandom(9, 2, 3, 4).nextLong());
        assertNotEquals(draw, new KeyedRandom(1, 9, 3, 4).nextLong());
        assertNotEquals(draw, new KeyedRandom(1, 2, 9, 4).nextLong());
        assertNotEquals(draw, new KeyedRandom(1, 2, 3, 9).nextLong());
        assertNotEquals(new KeyedRandom(1, 2, 3, 4).nextLong(), new KeyedRandom(1, 2, 4, 3).nextLong());
    }

    @Test
    void firstNumbersOfConsecutiveKeysAreUniform() {
        int cells = 50;
        int draws = 200_000;
        int[] counts = new int[cells];
        for (int sequence = 0; sequence < draws; sequence++) {
            counts[new KeyedRandom(5, 7, 1, sequence).nextInt(cells)]++;
        }
        double expected = (double) draws / cells;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        assertTrue(chiSquare < 85.4, "chi-square with 49 degrees of freedom at p = 0.001: " + chiSquare);
    }

    @Test
    void gaussiansHaveTheNormalDistributionsMoments() {
        var random = new KeyedRandom(1, 2, 3, 4);
        int draws = 200_000;
        double[] moments = new double[5];
        for (int i = 0; i < draws; i++) {
            double gaussian = random.nextGaussian();
            double power = 1;
            for (int k = 1; k < moments.length; k++) {
                power *= gaussian;
                moments[k] += power / draws;
            }
        }
        assertEquals(0, moments[1], 0.01);
        assertEquals(1, moments[2], 0.02);
        assertEquals(0, moments[3], 0.04);
        assertEquals(3, moments[4], 0.11);
    }
}
