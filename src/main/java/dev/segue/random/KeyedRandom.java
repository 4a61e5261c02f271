package dev.segue.random;

import java.util.random.RandomGenerator;

/**
 * A counter-based random generator: the stream depends on its keys alone, so the same keys give the same
 * numbers again, in any order and on any machine.
 *
 * <p>The state starts at a mix of the keys and advances by an odd constant; each output is the state scrambled by
 * SplitMix64's finalizer (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, with
 * Stafford's variant 13 constants). Not for secrets.
 */
public final class KeyedRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /**
     * The stream of one decision: (seed, who, when, which).
     *
     * @param seed the run's seed
     * @param listener the listener's 64-bit key
     * @param session the listener's session number
     * @param sequence the event's number in the session
     */
    public KeyedRandom(long seed, long listener, long session, long sequence) {
        state = combine(combine(combine(mix(seed + GOLDEN_GAMMA), listener), session), sequence);
    }

    private static long combine(long hash, long key) {
        return mix((hash ^ mix(key + GOLDEN_GAMMA)) + GOLDEN_GAMMA);
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /**
     * A standard normal number by Box and Muller's transform of two uniform ones. The default method's algorithm belongs
     * to the JDK's version and its transcendental functions to the machine; this one gives the same numbers everywhere.
     */
    @Override
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    /** SplitMix64's finalizer: a bijection of 64 bits in which every input bit moves about half of the output bits. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
