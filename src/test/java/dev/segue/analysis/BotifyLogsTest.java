package dev.segue.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.event.EventReader;
import dev.segue.play.Event;
import dev.segue.play.Playback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reproduces the published effect of a real experiment, if its logs are beside the project. */
class BotifyLogsTest {

    private static final Path LOGS = Path.of("../shared/data/botify-logs-2025");
    private static final String EXPERIMENT = "PERSONALIZED";
    private static final Metric METRIC =
            new Metric("mean_time_per_session", Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN);

    @BeforeEach
    void needsTheLogs() {
        assumeTrue(Files.isDirectory(LOGS), "no " + LOGS);
    }

    private static final class Totals {
        private String arm = "";
        private double time;
        private long sessions;
    }

    @Test
    void theOriginalFormulaGivesThePublishedEffect() throws IOException {
        Map<Long, Totals> listeners = totals();
        Sample control = timePerSession(listeners, "C");
        Sample treatment = timePerSession(listeners, "T1");
        Effect seed = Effect.of(METRIC, "T1", control, treatment, IntervalMethod.SEED, 0.05);
        assertEquals(
                20_000,
                listeners.values().stream().mapToLong(totals -> totals.sessions).sum());
        assertEquals(2.97, seed.controlMean(), 0.005);
        assertEquals(4.40, seed.treatmentMean(), 0.005);
        assertEquals(48.12, 100 * seed.relative(), 0.005);
        assertEquals(3.28, 50 * seed.relativeInterval().width(), 0.005);
        assertEquals(Verdict.BETTER, seed.verdict());
        Effect fieller = Effect.of(METRIC, "T1", control, treatment, IntervalMethod.FIELLER, 0.05);
        assertEquals(seed.relative(), fieller.relative());
        assertFalse(fieller.relativeInterval().width() < seed.relativeInterval().width());
        assertFalse(SampleRatio.of(List.of(control.size(), treatment.size()), List.of(1.0, 1.0))
                .isMismatch());
    }

    private static Sample timePerSession(Map<Long, Totals> listeners, String arm) {
        return Sample.of(listeners.values().stream()
                .filter(totals -> totals.arm.equals(arm))
                .mapToDouble(totals -> totals.time / totals.sessions)
                .toArray());
    }

    /** Every session in these logs is finished, so that sums over events are sums over sessions, in any order. */
    private static Map<Long, Totals> totals() throws IOException {
        Map<Long, Totals> listeners = new HashMap<>();
        List<Path> files;
        try (Stream<Path> list = Files.list(LOGS)) {
            files = list.sorted().toList();
        }
        try (EventReader reader = EventReader.merge(files)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                Totals totals = listeners.computeIfAbsent(event.listener().key(), key -> new Totals());
                Playback playback = event.playback();
                totals.arm = Objects.requireNonNull(event.experiments().arm(EXPERIMENT));
                totals.time += playback == null ? 0 : playback.time();
                totals.sessions += event.message() == Event.Message.LAST ? 1 : 0;
            }
        }
        return listeners;
    }
}
