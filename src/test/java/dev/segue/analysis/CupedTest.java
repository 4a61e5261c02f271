package dev.segue.analysis;

import static dev.segue.analysis.SampleTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.random.KeyedRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class CupedTest {

    private final CovariateArm control = new CovariateArm();
    private final CovariateArm treatment = new CovariateArm();

    @Test
    void explainedVarianceIsRemoved() {
        control.add(1, 10);
        control.add(2, 12);
        control.add(3, 14);
        treatment.add(4, 10);
        treatment.add(6, 14);
        treatment.add(8, 18);
        Cuped cuped = cuped();
        assertEquals(0.5, cuped.slope(), 1e-12);
        assertEquals(13, cuped.meanBefore());
        assertEquals(0, cuped.adjusted(control).variance(), 1e-12);
        // y = 0.5·x − 4 in control, 0.5·x − 1 in the treatment: the effect is 3, though the raw means differ by 4.
        assertEquals(2.5, cuped.adjusted(control).mean(), 1e-12);
        assertEquals(5.5, cuped.adjusted(treatment).mean(), 1e-12);
        assertEquals(1, cuped.varianceReduction(control, treatment), 1e-12);
    }

    @Test
    void newListenersHaveTheirOwnOffset() {
        control.add(1, 10);
        control.add(3, 14);
        control.addNew(20);
        control.addNew(22);
        treatment.add(2, 10);
        treatment.add(4, 14);
        treatment.addNew(21);
        treatment.addNew(23);
        Cuped cuped = cuped();
        assertEquals(0.5, cuped.slope(), 1e-12);
        assertEquals(25, cuped.newcomerOffset(), 1e-12); // the mean 21 of new listeners, less 0.5·x − 4 at x = 0
        assertEquals(0.5, cuped.newShare());
        assertEquals(
                1, cuped.adjusted(treatment).mean() - cuped.adjusted(control).mean(), 1e-12);
        assertEquals(2.0 / 3, cuped.adjusted(control).variance(), 1e-12); // ±1 of the two new listeners remains
    }

    @Test
    void constantCovariatesChangeNothing() {
        for (CovariateArm arm : List.of(control, treatment)) {
            arm.add(1, 5);
            arm.add(2, 5);
            arm.add(6, 5);
        }
        Cuped cuped = cuped();
        assertEquals(new Cuped(0, 0, 5, 0), cuped);
        assertEquals(control.unadjusted(), cuped.adjusted(control));
        assertEquals(0, cuped.varianceReduction(control, treatment));
    }

    @Test
    void newListenersAloneChangeNothing() {
        for (CovariateArm arm : List.of(control, treatment)) {
            arm.addNew(1);
            arm.addNew(2);
        }
        assertEquals(new Cuped(0, 0, 0, 1), cuped());
        assertEquals(control.unadjusted(), cuped().adjusted(control));
    }

    @Test
    void newListenersHaveAnOffsetBesideConstantCovariates() {
        for (CovariateArm arm : List.of(control, treatment)) {
            arm.add(0.1, 0.7);
            arm.add(0.1, 0.7);
            arm.add(0.1, 0.7);
            arm.addNew(5.1);
        }
        Cuped cuped = cuped();
        assertEquals(0, cuped.slope());
        assertEquals(5, cuped.newcomerOffset(), 1e-12);
        assertEquals(0, cuped.adjusted(control).variance(), 1e-12);
    }

    @Test
    void theAdjustedEffectIsUnbiasedWithTheRightStandardError() {
        var raw = new Moments(1);
        var adjusted = new Moments(1);
        double reduction = 0;
        double claimed = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            var random = new KeyedRandom(3, run, 0, 0);
            CovariateArm[] arms = {new CovariateArm(), new CovariateArm()};
            for (int listener = 0; listener < 400; listener++) {
                double taste = random.nextGaussian();
                int arm = random.nextInt(2);
                double value = 5 + taste + 0.5 * random.nextGaussian() + 0.3 * arm;
                if (random.nextInt(4) == 0) {
                    arms[arm].addNew(value - 1);
                } else {
                    arms[arm].add(value, taste + 0.5 * random.nextGaussian());
                }
            }
            Cuped cuped = Cuped.fit(List.of(arms));
            Difference difference = Difference.welch(cuped.adjusted(arms[0]), cuped.adjusted(arms[1]), 0.05);
            raw.add(arms[1].unadjusted().mean() - arms[0].unadjusted().mean());
            adjusted.add(difference.estimate());
            claimed += difference.standardError() * difference.standardError() / runs;
            reduction += cuped.varianceReduction(arms[0], arms[1]) / runs;
        }
        assertEquals(0.3, adjusted.mean(0), 0.02);
        assertEquals(1, claimed / adjusted.covariance(0, 0), 0.2);
        assertEquals(1 - adjusted.covariance(0, 0) / raw.covariance(0, 0), reduction, 0.06);
        assertTrue(reduction > 0.4);
    }

    @Test
    void tooFewArmsOrListenersAreRefused() {
        assertRefused("there are 1 arms; an effect takes at least 2", () -> Cuped.fit(List.of(control)));
        control.add(1, 2);
        control.add(1, 2);
        treatment.add(1, 2);
        assertRefused("an arm has 1 listeners with a value; comparing arms takes at least 2 in each", this::cuped);
    }

    private Cuped cuped() {
        return Cuped.fit(List.of(control, treatment));
    }
}
