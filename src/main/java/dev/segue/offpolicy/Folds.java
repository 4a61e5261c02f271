package dev.segue.offpolicy;

import dev.segue.random.KeyedRandom;

/** Divides units into folds for cross-fitting: the predictions for a unit are learned from the other folds. */
final class Folds {

    static final int COUNT = 5;

    /** The key of this class's random streams. */
    private static final long STREAM = -23;

    private final byte[] foldOf;

    Folds(int units, long seed) {
        foldOf = new byte[units];
        for (int unit = 0; unit < units; unit++) {
            foldOf[unit] = (byte) new KeyedRandom(seed, STREAM, unit, 0).nextInt(COUNT);
        }
    }

    int of(int unit) {
        return foldOf[unit];
    }
}
