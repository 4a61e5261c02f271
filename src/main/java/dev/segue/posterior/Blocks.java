package dev.segue.posterior;

import java.util.stream.IntStream;

/** Runs a loop in blocks on all processors. The blocks do not depend on how many there are, so that results do not either. */
final class Blocks {

    private static final int SIZE = 128;

    private Blocks() {}

    /** The part of a loop from one index to another, which it does not include. */
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
