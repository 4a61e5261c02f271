package dev.segue.simulation;

import dev.segue.analysis.Interval;
import dev.segue.offpolicy.Decision;
import dev.segue.offpolicy.DecisionEstimates;
import dev.segue.offpolicy.Estimate;
import dev.segue.offpolicy.EstimateOptions;
import dev.segue.offpolicy.SessionEstimates;
import dev.segue.offpolicy.Trajectory;
import dev.segue.random.KeyedRandom;
import dev.segue.world.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the coverage of the intervals of off-policy estimates on simulated listeners. In each run, the logging policy draws
 * tracks from the top 200, and the evaluated target policy draws from the top 50. The true values are means over many more
 * sessions: for the next playback, of the target's choices in sessions of the logging policy; for sessions, of the target's own
 * sessions. The reward model predicts {@value #MODEL_REWARD} for every track. Run by {@code scripts/bench-off-policy}.
 */
final class OffPolicyCoverageBenchmark {

    private static final int LOGGED = 200;
    private static final int TARGET = 50;
    private static final int LISTENERS = 400;
    private static final int SESSIONS = 12;
    private static final int HORIZON = 2;
    private static final int TRUTH_SESSIONS = 400_000;
    private static final double MODEL_REWARD = 0.4;

    private OffPolicyCoverageBenchmark() {}

    /**
     * Prints a table.
     *
     * @param arguments the number of runs
     */
    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        double next = nextTruth();
        double session = sessionTruth();
        System.out.printf(Locale.ROOT, "truth: next playback %.4f, session of %d %.4f%n", next, HORIZON, session);
        List<List<Estimate>> results = IntStream.range(0, runs)
                .parallel()
                .mapToObj(OffPolicyCoverageBenchmark::run)
                .toList();
        Map<String, int[]> covered = new TreeMap<>();
        results.forEach(estimates -> estimates.forEach(estimate -> {
            int[] counts = covered.computeIfAbsent(estimate.estimator(), name -> new int[3]);
            double truth = estimate.estimator().startsWith("per-decision") ? session : next;
            counts[0] += contains(estimate.bootstrap(), truth);
            counts[1] += contains(estimate.bernstein(), truth);
            counts[2] += estimate.isRefused() ? 1 : 0;
        }));
        System.out.println("| estimator | bootstrap | empirical Bernstein | refused |\n|---|---|---|---|");
        covered.forEach((name, counts) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f%% | %s | %d |%n",
                name,
                100.0 * counts[0] / (runs - counts[2]),
                name.equals("SNIPS")
                        ? "-"
                        : String.format(Locale.ROOT, "%.1f%%", 100.0 * counts[1] / (runs - counts[2])),
                counts[2]));
    }

    private static int contains(@Nullable Interval interval, double truth) {
        return interval != null && interval.contains(truth) ? 1 : 0;
    }

    private static List<Estimate> run(int run) {
        var random = new KeyedRandom(3, run, 0, 0);
        List<Decision> decisions = new ArrayList<>();
        List<Trajectory> trajectories = new ArrayList<>();
        for (int unit = 0; unit < LISTENERS; unit++) {
            Listener listener = drawListener(random);
            for (int i = 0; i < SESSIONS; i++) {
                List<Decision> steps = play(unit, listener, random);
                decisions.addAll(steps);
                trajectories.add(new Trajectory(unit, steps));
            }
        }
        var options = new EstimateOptions(EstimateOptions.ALPHA, HORIZON, run);
        List<Estimate> estimates = new ArrayList<>(DecisionEstimates.of(decisions, LISTENERS, options));
        estimates.addAll(SessionEstimates.of(trajectories, LISTENERS, (unit, step) -> 0, options));
        return estimates;
    }

    private static Listener drawListener(KeyedRandom random) {
        return BenchmarkWorld.WORLD
                .listeners()
                .get(random.nextInt(BenchmarkWorld.WORLD.listeners().size()));
    }

    private static List<Decision> play(int unit, Listener listener, KeyedRandom random) {
        List<Decision> steps = new ArrayList<>();
        ListeningSession session = BenchmarkWorld.MODEL.begin(listener, random);
        while (!session.isOver()) {
            int place = random.nextInt(LOGGED);
            double target = place < TARGET ? 1.0 / TARGET : 0;
            steps.add(new Decision(
                    unit,
                    1.0 / LOGGED,
                    target,
                    session.play(BenchmarkWorld.POPULAR[place]),
                    MODEL_REWARD,
                    MODEL_REWARD));
        }
        return steps;
    }

    /** The target's mean expected time per choice in sessions of the logging policy. */
    private static double nextTruth() {
        var random = new KeyedRandom(4, 0, 0, 0);
        double sum = 0;
        long moments = 0;
        for (int i = 0; i < TRUTH_SESSIONS / 10; i++) {
            ListeningSession session = BenchmarkWorld.MODEL.begin(drawListener(random), random);
            while (!session.isOver()) {
                for (int place = 0; place < TARGET; place++) {
                    sum += session.expectedTime(BenchmarkWorld.POPULAR[place]) / TARGET;
                }
                moments++;
                session.play(BenchmarkWorld.POPULAR[random.nextInt(LOGGED)]);
            }
        }
        return sum / moments;
    }

    /** The mean total time of the first {@value #HORIZON} recommendations in the target's own sessions. */
    private static double sessionTruth() {
        var random = new KeyedRandom(5, 0, 0, 0);
        double sum = 0;
        for (int i = 0; i < TRUTH_SESSIONS; i++) {
            ListeningSession session = BenchmarkWorld.MODEL.begin(drawListener(random), random);
            for (int step = 0; step < HORIZON && !session.isOver(); step++) {
                sum += session.play(BenchmarkWorld.POPULAR[random.nextInt(TARGET)]);
            }
        }
        return sum / TRUTH_SESSIONS;
    }
}
