package dev.segue.simulation;

import dev.segue.analysis.Direction;
import dev.segue.analysis.Effect;
import dev.segue.analysis.IntervalMethod;
import dev.segue.analysis.Metric;
import dev.segue.analysis.Sample;
import dev.segue.random.KeyedRandom;
import dev.segue.world.Listener;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures the coverage of the intervals of relative effects with known lifts: in each run, simulated listeners play top-pop
 * sessions, and the times of the half in the treatment are multiplied by 1 + lift. Run by {@code scripts/bench-coverage}.
 */
final class CoverageBenchmark {

    private static final int LISTENERS = 400;
    private static final int SESSIONS = 3;
    private static final double ALPHA = 0.05;
    private static final List<Double> LIFTS = List.of(-0.5, 0.0, 0.1, 0.77);
    private static final List<IntervalMethod> METHODS = List.of(IntervalMethod.values());
    private static final Metric METRIC =
            new Metric("mean_time_per_session", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);

    private CoverageBenchmark() {}

    /**
     * Prints a table.
     *
     * @param arguments the number of runs
     */
    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        List<double[][]> results = IntStream.range(0, runs)
                .parallel()
                .mapToObj(CoverageBenchmark::run)
                .toList();
        System.out.printf(Locale.ROOT, "| lift | %s |%n|---|---|---|---|---|%n", "Fieller | seed | delta | log");
        for (int lift = 0; lift < LIFTS.size(); lift++) {
            System.out.printf(Locale.ROOT, "| %+.0f%% |", 100 * LIFTS.get(lift));
            for (int method = 0; method < METHODS.size(); method++) {
                int row = method;
                int index = lift;
                double covered = results.stream()
                        .mapToDouble(run -> run[row][index])
                        .average()
                        .orElse(0);
                System.out.printf(Locale.ROOT, " %.1f%% |", 100 * covered);
            }
            System.out.println();
        }
    }

    /** Methods × lifts: 1 if the interval contains the lift, otherwise 0. */
    private static double[][] run(int run) {
        double[] control = new double[LISTENERS / 2];
        double[] treatment = new double[LISTENERS / 2];
        var draw = new KeyedRandom(1, run, 0, 0);
        for (int i = 0; i < LISTENERS; i++) {
            Listener listener = BenchmarkWorld.WORLD
                    .listeners()
                    .get(draw.nextInt(BenchmarkWorld.WORLD.listeners().size()));
            (i % 2 == 0 ? control : treatment)[i / 2] = timePerSession(listener, draw);
        }
        return METHODS.stream()
                .map(method -> LIFTS.stream()
                        .mapToDouble(lift -> covers(control, treatment, lift, method) ? 1 : 0)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static boolean covers(double[] control, double[] treatment, double lift, IntervalMethod method) {
        Sample lifted = Sample.of(
                DoubleStream.of(treatment).map(value -> value * (1 + lift)).toArray());
        return Effect.of(METRIC, "T1", Sample.of(control), lifted, method, ALPHA)
                .relativeInterval()
                .contains(lift);
    }

    private static double timePerSession(Listener listener, KeyedRandom random) {
        double time = 0;
        for (int i = 0; i < SESSIONS; i++) {
            ListeningSession session = BenchmarkWorld.MODEL.begin(listener, random);
            while (!session.isOver()) {
                session.play(BenchmarkWorld.POPULAR[random.nextInt(100)]);
            }
            time += session.totalTime();
        }
        return time / SESSIONS;
    }
}
