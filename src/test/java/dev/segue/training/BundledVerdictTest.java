package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.embedding.ModelType;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.id.TrackRows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundledVerdictTest {

    private static final Path DATA = Path.of("data");

    /** Rounding may differ from that of the machine of the training. */
    private static final double ROUNDING = 1e-6;

    @ParameterizedTest
    @EnumSource
    void theVerdictOfABundledModelCanBeReproduced(ModelType type) {
        ModelFolder model = ModelFolder.read(DATA.resolve("models").resolve(type.json()));
        ModelDescription description = model.description();
        TrainingSettings settings = description.settings();
        TrainingRows rows;
        try (var sessions = new SessionReader(
                EventLogs.find(List.of("" + DATA.resolve("log.jsonl.gz"))).open(), SessionRule.DEFAULT)) {
            rows = new RowReader(settings.context(), TrackRows.identity(description.tracks()))
                    .read(sessions, read -> {})
                    .rows();
        }
        assertEquals(description.data().fingerprint(), rows.fingerprint());
        TrainValidationTestSplit split = TrainValidationTestSplit.of(rows, settings.seed());
        var baselines = new Baselines(rows, split, description.tracks());
        Verdict expected;
        try (Trainer trainer = new Trainer(rows, settings, model.model(), List.of(), 0, 1)) {
            expected = Verdict.of(
                    rows, split.test(), trainer.squaredErrors(split.test()), baselines.mean(), baselines.trackMeans());
        }
        Verdict verdict = description.verdict();
        assertNotNull(verdict);
        assertEquals(expected.units(), verdict.units());
        assertEquals(expected.size(), verdict.size());
        assertGain(expected.mean(), verdict.mean());
        assertGain(expected.trackMeans(), verdict.trackMeans());
        assertTrue(verdict.betterThanMean());
        assertTrue(verdict.betterThanTrackMeans());
    }

    private static void assertGain(Verdict.Gain expected, Verdict.Gain gain) {
        assertEquals(expected.mse(), gain.mse(), ROUNDING);
        assertEquals(expected.gain(), gain.gain(), ROUNDING);
        assertEquals(expected.lower(), gain.lower(), ROUNDING);
        assertEquals(expected.upper(), gain.upper(), ROUNDING);
    }
}
