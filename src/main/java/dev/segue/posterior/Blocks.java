package dev.segue.posterior;

import java.util.stream.IntStream;

/** Runs a loop in parallel blocks. The blocks, and with them the results, do not depend on the number of processors. */
final class Blocks {

    private static final int SIZE = 128;

    private Blocks() {}

    /** A part of a loop, from an index (inclusive) to another (exclusive). */
    @FunctionalInterface
    interface Part {
        void run(int from, int to);
    }

    static void run(int count, Part part) {
        IntStream.range(0, (count + SIZE - 1) / SIZE)
                .parallel()
                .forEach(block -> part.run(block * SIZE, Math.min(count, (block + 1) * SIZE)));
    }
}
