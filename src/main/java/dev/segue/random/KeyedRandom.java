package dev.segue.random;

import java.util.random.RandomGenerator;

/**
 * A keyed random generator: the stream is a function of its keys, so each stream can be reproduced on any machine and independently of the
 * other streams.
 *
 * <p>The initial state is a hash of the keys. Each step adds an odd constant to the state and outputs SplitMix64's finalizer of it (Steele,
 * Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, with Stafford's variant 13 constants). Not cryptographically
 * secure.
 */
public final class KeyedRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** The stream of one decision.
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

    /** A standard normal number by the Box–Muller transform. Unlike the default method, whose algorithm depends on the version of the JDK
     * and whose transcendental functions depend on the machine, it gives the same numbers everywhere.
     */
    @Override
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    /** SplitMix64's finalizer: a bijection of 64 bits. Flipping an input bit flips about half of the output bits. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
