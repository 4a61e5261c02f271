package dev.segue.offpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Interval;
import dev.segue.random.KeyedRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Measures how often intervals contain the truth, over 500 simulated logs of a bandit with five actions. Each listener has several
 * decisions and a random offset of the rewards; the model is biased.
 */
class OffPolicyCoverageTest {

    private static final int RUNS = 500;
    private static final int LISTENERS = 200;
    private static final double[] LOGGING = {0.4, 0.3, 0.15, 0.1, 0.05};
    private static final double[] TARGET = {0.1, 0.1, 0.2, 0.3, 0.3};
    private static final double[] REWARDS = {0.2, 0.3, 0.4, 0.6, 0.7};
    private static final double[] MODEL = {0.3, 0.3, 0.5, 0.5, 0.6};
    private static final double TRUTH = mean(TARGET, REWARDS);

    /** The probability that a session has a second decision. */
    private static final double CONTINUES = 0.6;

    private static double mean(double[] probabilities, double[] values) {
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += probabilities[i] * values[i];
        }
        return mean;
    }

    private static Decision decision(int listener, double rewardOffset, KeyedRandom random) {
        double draw = random.nextDouble();
        int action = 0;
        while (action < LOGGING.length - 1 && draw >= LOGGING[action]) {
            draw -= LOGGING[action++];
        }
        double reward = random.nextDouble() < REWARDS[action] + rewardOffset ? 1 : 0;
        return new Decision(listener, LOGGING[action], TARGET[action], reward, MODEL[action], mean(TARGET, MODEL));
    }

    private static Map<String, Integer> covered(boolean bernstein, double truth, Simulation log) {
        Map<String, Integer> covered = new HashMap<>();
        for (int run = 0; run < RUNS; run++) {
            var random = new KeyedRandom(11, run, 0, 0);
            for (Estimate estimate : log.estimates(random, new EstimateOptions(0.05, 2, run))) {
                Interval interval = bernstein ? estimate.bernstein() : estimate.bootstrap();
                covered.merge(estimate.estimator(), interval != null && interval.contains(truth) ? 1 : 0, Integer::sum);
            }
        }
        return covered;
    }

    private interface Simulation {
        List<Estimate> estimates(KeyedRandom random, EstimateOptions options);
    }

    private static List<Estimate> decisions(KeyedRandom random, EstimateOptions options) {
        List<Decision> decisions = new ArrayList<>();
        for (int listener = 0; listener < LISTENERS; listener++) {
            double rewardOffset = 0.4 * random.nextDouble() - 0.2;
            int count = 1 + random.nextInt(9);
            for (int i = 0; i < count; i++) {
                decisions.add(decision(listener, rewardOffset, random));
            }
        }
        return DecisionEstimates.of(decisions, LISTENERS, options);
    }

    private static List<Estimate> sessions(KeyedRandom random, EstimateOptions options) {
        List<Trajectory> sessions = new ArrayList<>();
        for (int listener = 0; listener < LISTENERS; listener++) {
            double rewardOffset = 0.4 * random.nextDouble() - 0.2;
            int count = 1 + random.nextInt(9);
            for (int i = 0; i < count; i++) {
                List<Decision> steps = new ArrayList<>(List.of(decision(listener, rewardOffset, random)));
                if (random.nextDouble() < CONTINUES) {
                    steps.add(decision(listener, rewardOffset, random));
                }
                sessions.add(new Trajectory(listener, steps));
            }
        }
        return SessionEstimates.of(sessions, LISTENERS, (unit, step) -> step == 0 ? 0.2 : 0, options);
    }

    @Test
    void bootstrapIntervalsOfTheNextPlaybackHaveTheNominalCoverage() {
        Map<String, Integer> covered = covered(false, TRUTH, OffPolicyCoverageTest::decisions);
        for (String estimator : List.of("IPS", "SNIPS", "DR", "Switch-DR", "DRos")) {
            assertEquals(0.95, covered.getOrDefault(estimator, 0) / (double) RUNS, 0.03, estimator + " of " + covered);
        }
        assertTrue(covered.getOrDefault("DM", 0) < 0.2 * RUNS, "the model is biased: " + covered);
    }

    @Test
    void bootstrapIntervalsOfSessionsHaveTheNominalCoverage() {
        Map<String, Integer> covered = covered(false, (1 + CONTINUES) * TRUTH, OffPolicyCoverageTest::sessions);
        covered.forEach(
                (estimator, count) -> assertEquals(0.95, count / (double) RUNS, 0.03, estimator + " of " + covered));
        assertEquals(2, covered.size());
    }

    @Test
    void empiricalBernsteinIntervalsHaveAtLeastTheNominalCoverage() {
        Map<String, Integer> next = covered(true, TRUTH, OffPolicyCoverageTest::decisions);
        for (String estimator : List.of("IPS", "DR")) {
            assertTrue(next.getOrDefault(estimator, 0) >= 0.95 * RUNS, estimator + " of " + next);
        }
        Map<String, Integer> sessions = covered(true, (1 + CONTINUES) * TRUTH, OffPolicyCoverageTest::sessions);
        sessions.forEach((estimator, count) -> assertTrue(count >= 0.95 * RUNS, estimator + " of " + sessions));
    }
}
