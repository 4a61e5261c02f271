package dev.segue.offpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests all estimators on examples that are computed by hand. */
class EstimatorTest {

    private static final EstimateOptions OPTIONS = new EstimateOptions(0.05, 2, 1);

    /** Decisions with the weights 0.5, 4 and 0. */
    private static final List<Decision> THREE = List.of(
            new Decision(0, 0.5, 0.25, 1, 0.5, 0.4),
            new Decision(1, 0.25, 1, 0.5, 0.25, 0.25),
            new Decision(2, 0.5, 0, 1, 0.75, 0.5));

    @ParameterizedTest
    @CsvSource({
        "IPS, 0, 0.833333",
        "SNIPS, 0, 0.555556",
        "DM, 0, 0.383333",
        "DR, 0, 0.8",
        "SWITCH_DR, 1, 0.466667",
        "SWITCH_DR, 4, 0.8",
        "SWITCH_DR, 0, 0.383333",
        "DROS, 2, 0.494444",
        "DROS, 0, 0.383333",
        "DROS, Infinity, 0.8"
    })
    void estimatesMatchAComputationByHand(Estimator estimator, double parameter, double expected) {
        var sums = DecisionEstimates.contributions(THREE, 3, estimator, parameter);
        assertEquals(expected, sums.value(), 1e-6);
    }

    @Test
    void computesKishsEffectiveSampleSize() {
        var sums = DecisionEstimates.contributions(THREE, 3, Estimator.IPS, Double.NaN);
        assertEquals(4.5 * 4.5 / 16.25, sums.effectiveSampleSize(), 1e-12);
        assertEquals(0, new Contributions(1).effectiveSampleSize());
    }

    /** Three decisions with the weights 0.5, 2 and 0.5 (mean 1), repeated for other listeners. */
    private static List<Decision> many(int copies) {
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            decisions.add(new Decision(3 * i, 0.5, 0.25, 1, 0.5, 0.4));
            decisions.add(new Decision(3 * i + 1, 0.5, 1, 0.5, 0.25, 0.25));
            decisions.add(new Decision(3 * i + 2, 0.5, 0.25, 1, 0.75, 0.5));
        }
        return decisions;
    }

    private static Function<String, Estimate> byName(List<Estimate> estimates) {
        return name -> estimates.stream()
                .filter(estimate -> estimate.estimator().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allEstimatorsReportValueIntervalsAndEffectiveSampleSize() {
        Function<String, Estimate> estimates = byName(DecisionEstimates.of(many(100), 300, OPTIONS));
        assertEquals(2.0 / 3, estimates.apply("IPS").value(), 1e-9);
        assertEquals(2.0 / 3, estimates.apply("SNIPS").value(), 1e-9);
        assertEquals(1.15 / 3, estimates.apply("DM").value(), 1e-9);
        assertEquals((0.65 + 0.75 + 0.625) / 3, estimates.apply("DR").value(), 1e-9);
        assertEquals(200, estimates.apply("IPS").effectiveSampleSize(), 1e-9);
        assertTrue(Double.isNaN(estimates.apply("DM").effectiveSampleSize()), "no weights");
        assertNull(estimates.apply("SNIPS").bernstein(), "it is not a mean");
        DecisionEstimates.of(many(100), 300, OPTIONS).forEach(estimate -> {
            Interval bootstrap = estimate.bootstrap();
            assertNotNull(bootstrap);
            assertTrue(bootstrap.contains(estimate.value()), estimate::toString);
            Interval bernstein = estimate.bernstein();
            assertTrue(bernstein == null || bernstein.lower() <= bootstrap.lower(), estimate::toString);
        });
        assertTrue(estimates.apply("DRos").parameter().startsWith("lambda="));
        assertTrue(estimates.apply("Switch-DR").parameter().startsWith("tau="));
    }

    /** The model is exact except for a few large weights with random residuals, so shrinking these weights adds no bias. */
    @Test
    void largeWeightsAreShrunkIfThatAddsLittleBias() {
        List<Decision> decisions = IntStream.range(0, 4000)
                .mapToObj(i -> i % 200 == 0
                        ? new Decision(i, 0.005, 0.5, i % 400 == 0 ? 1 : 0, 0.5, 0.5)
                        : new Decision(i, 0.995, 0.5, 0.5, 0.5, 0.5))
                .toList();
        Function<String, Estimate> estimates = byName(DecisionEstimates.of(decisions, 4000, OPTIONS));
        assertTrue(estimates.apply("DR").isRefused(), "20 weights of 100 have an effective sample size of 45");
        assertTrue(estimates.apply("DRos").isRefused(), "its interval needs that of DR");
        List<Decision> more = IntStream.range(0, 5)
                .boxed()
                .flatMap(copy -> decisions.stream()
                        .map(d -> new Decision(
                                d.unit() + 4000 * copy,
                                d.propensity(),
                                d.target(),
                                d.reward(),
                                d.model(),
                                d.targetModel())))
                .toList();
        Function<String, Estimate> enough = byName(DecisionEstimates.of(more, 20_000, OPTIONS));
        for (String estimator : List.of("Switch-DR", "DRos")) {
            assertFalse(enough.apply(estimator).parameter().contains("Infinity"), enough.apply(estimator)::toString);
            assertEquals(0.5, enough.apply(estimator).value(), 1e-9);
        }
        assertEquals(enough.apply("DR").bootstrap(), enough.apply("DRos").bootstrap(), "it is extended to that of DR");
    }

    @Test
    void sameSeedGivesTheSameIntervals() {
        assertEquals(DecisionEstimates.of(many(100), 300, OPTIONS), DecisionEstimates.of(many(100), 300, OPTIONS));
        assertFalse(DecisionEstimates.of(many(100), 300, OPTIONS)
                .equals(DecisionEstimates.of(many(100), 300, new EstimateOptions(0.05, 2, 2))));
    }

    @Test
    void estimatesWithASmallEffectiveSampleSizeAreRefusedWithARemedy() {
        Function<String, Estimate> estimates = byName(DecisionEstimates.of(many(49), 147, OPTIONS));
        Estimate ips = estimates.apply("IPS");
        assertTrue(ips.isRefused());
        assertTrue(Double.isNaN(ips.value()));
        assertEquals(98, ips.effectiveSampleSize(), 1e-9);
        assertTrue(
                String.valueOf(ips.refusal()).contains("effective sample size is 98.0, below 100")
                        && String.valueOf(ips.refusal()).contains("log with exploration"),
                ips::toString);
        assertTrue(estimates.apply("DR").isRefused());
        assertFalse(estimates.apply("DM").isRefused(), "it has no weights");
        assertFalse(byName(DecisionEstimates.of(many(50), 150, OPTIONS))
                .apply("IPS")
                .isRefused());
    }

    @Test
    void estimatesWithoutSupportAreRefusedDespiteALargeEffectiveSampleSize() {
        List<Decision> decisions = IntStream.range(0, 1000)
                .mapToObj(i -> new Decision(i, 1, i % 10 == 0 ? 0.31 : 0.29, 0.5, 0.5, 0.5))
                .toList();
        Estimate ips = DecisionEstimates.of(decisions, 1000, OPTIONS).get(0);
        assertTrue(ips.effectiveSampleSize() > 900);
        assertTrue(String.valueOf(ips.refusal()).contains("no support for 71%"), ips::toString);
        assertTrue(String.valueOf(ips.refusal()).contains("--arm"), ips::toString);
    }

    @Test
    void estimatesWithTooSmallPropensitiesAreRefused() {
        List<Decision> decisions = IntStream.range(0, 1000)
                .mapToObj(i -> new Decision(i, 0.1, i % 2 == 0 ? 0.2 : 0.21, 0.5, 0.5, 0.5))
                .toList();
        Estimate ips = DecisionEstimates.of(decisions, 1000, OPTIONS).get(0);
        assertTrue(String.valueOf(ips.refusal()).contains("propensities are not the probabilities"), ips::toString);
    }

    @Test
    void withoutPropensitiesAllButTheDirectMethodAreRefused() {
        List<Decision> decisions = IntStream.range(0, 300)
                .mapToObj(i -> new Decision(i, Double.NaN, 0.5, 0.5, 0.5, i % 2 == 0 ? 0.2 : 0.4))
                .toList();
        for (Estimate estimate : DecisionEstimates.of(decisions, 300, OPTIONS)) {
            assertEquals(!estimate.estimator().equals("DM"), estimate.isRefused());
            assertTrue(
                    !estimate.isRefused() || String.valueOf(estimate.refusal()).contains("no propensities"),
                    estimate::toString);
        }
        assertEquals(
                0.3,
                byName(DecisionEstimates.of(decisions, 300, OPTIONS))
                        .apply("DM")
                        .value(),
                1e-9);
    }

    @Test
    void invalidProbabilitiesAreRejected() {
        for (double propensity : new double[] {0, -0.1, 1.1}) {
            assertThrows(IllegalArgumentException.class, () -> new Decision(0, propensity, 0.5, 0.5, 0.5, 0.5));
        }
        assertThrows(IllegalArgumentException.class, () -> new Decision(0, 0.5, 1.1, 0.5, 0.5, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Decision(0, 0.5, 0.5, Double.NaN, 0.5, 0.5));
    }

    /** n = 100, variance 0.04, range 1: √(2·0.04·ln 80/100) + 7·ln 80/297. */
    @Test
    void theHalfWidthFollowsMaurerAndPontil() {
        assertEquals(0.059208 + 0.103280, EmpiricalBernstein.halfWidth(100, 0.04, 1, 0.05), 1e-5);
    }

    /** A session with the weights 2 and 0.5, and a session with the single weight 1, repeated for other listeners. */
    private static List<Trajectory> sessions(int copies) {
        List<Trajectory> sessions = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            int unit = 2 * i;
            sessions.add(new Trajectory(
                    unit,
                    List.of(new Decision(unit, 0.5, 1, 1, 0.5, 0.5), new Decision(unit, 1, 0.5, 0.5, 0.25, 0.25))));
            sessions.add(new Trajectory(unit + 1, List.of(new Decision(unit + 1, 0.5, 0.5, 0.5, 0.5, 0.5))));
        }
        return sessions;
    }

    /** V of the first is 0.5 + 0.4 + 2·(1 + 0.375 − 0.5 − 0.4) = 1.85, of the second 0.5 + 0.4 + (0.5 − 0.5 − 0.4) = 0.5. */
    @Test
    void perDecisionEstimatesMatchAComputationByHand() {
        List<Estimate> estimates =
                SessionEstimates.of(sessions(100), 200, (unit, step) -> step == 0 ? 0.4 : 0, OPTIONS);
        assertEquals(SessionEstimates.IPS, estimates.get(0).estimator());
        assertEquals((2.5 + 0.5) / 2, estimates.get(0).value(), 1e-9);
        assertEquals(SessionEstimates.DR, estimates.get(1).estimator());
        assertEquals((1.85 + 0.5) / 2, estimates.get(1).value(), 1e-9);
        assertEquals(200, estimates.get(0).effectiveSampleSize(), 1e-9);
    }

    @Test
    void aHorizonOfOneGivesTheEstimatesOfSingleDecisions() {
        var options = new EstimateOptions(0.05, 1, 1);
        List<Trajectory> balanced = IntStream.range(0, 200)
                .mapToObj(i ->
                        new Trajectory(i, List.of(new Decision(i, 0.5, i % 2 == 0 ? 0.75 : 0.25, 0.5, 0.3, 0.4))))
                .toList();
        List<Decision> decisions =
                balanced.stream().map(session -> session.steps().get(0)).toList();
        List<Estimate> sums = SessionEstimates.of(balanced, 200, (unit, step) -> 0, options);
        Function<String, Estimate> next = byName(DecisionEstimates.of(decisions, 200, options));
        assertEquals(next.apply("IPS").value(), sums.get(0).value(), 1e-12);
        assertEquals(next.apply("DR").value(), sums.get(1).value(), 1e-12);
    }

    @Test
    void tooLongAHorizonIsRefusedWithTheLongestSupportedOne() {
        // The weight of each of six decisions is 4 for a quarter of the sessions, independently, and 0 for the others.
        List<Trajectory> sessions = IntStream.range(0, 4096)
                .mapToObj(i -> new Trajectory(
                        i,
                        IntStream.range(0, 6)
                                .mapToObj(step ->
                                        new Decision(i, 0.25, (i >> (2 * step)) % 4 == 0 ? 1 : 0, 0.5, 0.5, 0.5))
                                .toList()))
                .toList();
        List<Estimate> refused =
                SessionEstimates.of(sessions, 4096, (unit, step) -> 0, new EstimateOptions(0.05, 6, 1));
        assertTrue(
                String.valueOf(refused.get(1).refusal()).contains("the log supports --horizon 2"), refused::toString);
        assertFalse(SessionEstimates.of(sessions, 4096, (unit, step) -> 0, OPTIONS)
                .get(0)
                .isRefused());
    }
}
