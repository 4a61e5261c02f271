package dev.segue.offpolicy;

import dev.segue.random.KeyedRandom;

/** Divides units into folds: what is expected of a unit is learned from the other folds. */
final class Folds {

    static final int COUNT = 5;

    /** Sets these draws apart from all others with the same seed. */
    private static final long DRAW = -23;

    private final byte[] foldOf;

    Folds(int units, long seed) {
        foldOf = new byte[units];
        for (int unit = 0; unit < units; unit++) {
            foldOf[unit] = (byte) new KeyedRandom(seed, DRAW, unit, 0).nextInt(COUNT);
        }
    }

    int of(int unit) {
        return foldOf[unit];
    }
}
