package dev.segue.simulation;

import dev.segue.world.World;
import dev.segue.world.WorldRecipe;

/** The world of the benchmarks of interval coverage: 10,000 tracks and 2,000 listeners. */
final class BenchmarkWorld {

    static final World WORLD = WorldRecipe.of(10_000, 2_000, 5).generate();
    static final int[] POPULAR = WORLD.tracksByPopularity();
    static final ListenerModel MODEL = new ListenerModel(
            WORLD.embeddings(),
            WORLD.tracks().stream().mapToInt(World.Track::artist).toArray(),
            WORLD.listeners(),
            SessionRules.REFERENCE);

    private BenchmarkWorld() {}
}
