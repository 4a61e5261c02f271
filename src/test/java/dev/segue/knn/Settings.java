package dev.segue.knn;

import java.util.List;

/** Settings for tests. */
final class Settings {

    private static final double HALF = Math.log(2);

    /** All sessions that share one of the last two items are neighbours; the item before the last has half the weight. */
    static final KnnSettings PLAIN = new KnnSettings(100, 100, 2, HALF, HALF, 0, 0, 0, 0, 0, 1, 0, 1, 0);

    /** Together, these use every setting, and fewer neighbours than candidates. */
    static final List<KnnSettings> VARIED = List.of(
            PLAIN,
            KnnSettings.CLICKS,
            KnnSettings.LISTENS,
            new KnnSettings(3, 8, 4, 0.2, 0.3, 0.7, 0.4, 0.5, 0.1, 0.2, 0.6, 0.3, 2, 0.25),
            new KnnSettings(5, 5, 1, 0, 0, 0, 2, 1, 0.01, 0, 0, 0, 0, 0.5));

    private Settings() {}

    static KnnSettings plain(double neutralShare) {
        return new KnnSettings(100, 100, 2, HALF, HALF, 0, 0, 0, 0, 0, 1, 0, 1, neutralShare);
    }

    static KnnSettings ordered(double forwardDecay, double backward) {
        return new KnnSettings(100, 100, 2, HALF, HALF, 0, 0, 0, 0, forwardDecay, backward, 0, 1, 0);
    }

    static KnnSettings recencyDecay(double rate) {
        return new KnnSettings(100, 100, 2, HALF, HALF, 0, 0, 0, rate, 0, 1, 0, 1, 0);
    }

    static KnnSettings seen(double seen) {
        return new KnnSettings(100, 100, 2, HALF, HALF, 0, 0, 0, 0, 0, 1, 0, seen, 0);
    }
}
