package dev.segue.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares results with published values of other programs and books, if their file is beside the project. */
class PublishedValuesTest {

    private static final Path FILE = Path.of("../shared/vectors/statistics.json");
    private static final double ALPHA = 0.05;
    private static final double FIVE_DECIMALS = 5.000001e-6;

    private JsonNode published = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void needsTheFile() {
        assumeTrue(Files.exists(FILE), "no " + FILE);
        published = JsonMapper.shared().readTree(FILE);
    }

    @Test
    void differencesAgreeWithGrowthBook() {
        JsonNode vector = published.get("gbstats_two_sided");
        Sample control = sample(vector.get("a"));
        Sample treatment = sample(vector.get("b"));
        Difference difference = Difference.welch(control, treatment, ALPHA);
        JsonNode absolute = vector.get("absolute");
        assertValue(absolute.get("expected"), difference.estimate());
        assertValue(absolute.get("se"), difference.standardError());
        assertValue(absolute.get("p"), difference.pValue());
        assertInterval(absolute.get("ci"), difference.interval());
    }

    @Test
    void deltaIntervalsAgreeWithGrowthBook() {
        JsonNode vector = published.get("gbstats_two_sided");
        Sample control = sample(vector.get("a"));
        Sample treatment = sample(vector.get("b"));
        var metric = new Metric("revenue", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);
        Effect effect = Effect.of(metric, "T1", control, treatment, IntervalMethod.DELTA, ALPHA);
        JsonNode relative = vector.get("relative");
        double standardError = IntervalMethod.deltaStandardError(control, treatment);
        assertValue(relative.get("expected"), effect.relative());
        assertValue(relative.get("se"), standardError);
        assertInterval(relative.get("ci"), effect.relativeInterval());
        double degreesOfFreedom = StudentT.degreesOfFreedom(control, 1, treatment);
        assertValue(
                relative.get("p"),
                2 * TDistribution.of(degreesOfFreedom).survivalProbability(effect.relative() / standardError));
    }

    @Test
    void alwaysValidIntervalsAgreeWithGrowthBook() {
        JsonNode vector = published.get("gbstats_sequential");
        Sample control = sample(vector.get("a"));
        Sample treatment = sample(vector.get("b"));
        NormalMixture mixture = NormalMixture.tightestAt(vector.get("tuning").doubleValue(), ALPHA);
        double relative = treatment.mean() / control.mean() - 1;
        assertValue(vector.get("expected"), relative);
        Difference difference = Difference.alwaysValid(control, treatment, mixture);
        assertInterval(
                vector.get("ci"),
                IntervalMethod.DELTA.relativeInterval(control, treatment, difference.criticalValue()));
        double statistic = relative / IntervalMethod.deltaStandardError(control, treatment);
        assertValue(vector.get("p"), mixture.pValue(statistic, control.size() + treatment.size()));
    }

    @Test
    void boundaryAgreesWithConfseq() {
        JsonNode vector = published.get("confseq_normal_mixture");
        NormalMixture mixture = NormalMixture.tightestAt(
                vector.get("v_opt").doubleValue(), vector.get("alpha").doubleValue());
        assertEquals(vector.get("best_rho").doubleValue(), mixture.rho(), FIVE_DECIMALS);
        assertEquals(vector.get("two_sided_bound_v100").doubleValue(), mixture.bound(100), FIVE_DECIMALS);
        assertEquals(vector.get("log_mixture_s10_v100").doubleValue(), mixture.logMartingale(10, 100), 5e-8);
    }

    @Test
    void splitsAgreeWithKohavi() {
        JsonNode vector = published.get("srm_kohavi");
        List<Long> exposed = List.of(
                vector.get("n").get(0).longValue(), vector.get("n").get(1).longValue());
        assertEquals(
                vector.get("p").doubleValue(),
                SampleRatio.of(exposed, List.of(1.0, 1.0)).pValue(),
                5e-8);
    }

    @Test
    void sampleSizesAgreeWithR() {
        assertEquals(
                published.get("pwr").get("n_per_arm").doubleValue(),
                new ExperimentPlan(1, 1, List.of(1, 1), ALPHA, 0.8).units(0.5),
                FIVE_DECIMALS);
    }

    private static Sample sample(JsonNode moments) {
        return Sample.ofSums(
                moments.get("n").longValue(),
                moments.get("sum").doubleValue(),
                moments.get("sumsq").doubleValue());
    }

    private static void assertInterval(JsonNode expected, Interval interval) {
        assertValue(expected.get(0), interval.lower());
        assertValue(expected.get(1), interval.upper());
    }

    private static void assertValue(JsonNode expected, double value) {
        assertEquals(expected.doubleValue(), value, FIVE_DECIMALS);
    }
}
