package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Effect;
import dev.segue.analysis.IntervalMethod;
import dev.segue.event.EventLogs;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.WholeLog;
import dev.segue.report.rendering.ReportFormat;
import dev.segue.report.rendering.ReportSentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares reports of small logs with computations by hand. */
class ReportTest {

    @TempDir
    private Path folder;

    private final StringBuilder log = new StringBuilder();
    private long clock;

    /** Adds a session of shares with equal latencies in ms; its final event is {@code last}. */
    private void session(int listener, String experiments, double millis, double... times) {
        for (int i = 0; i < times.length; i++) {
            event(i == times.length - 1 ? "last" : "next", listener, experiments, millis, times[i]);
        }
    }

    private void event(String message, int listener, String experiments, double millis, double time) {
        log.append(String.format(
                Locale.ROOT,
                "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":1,\"time\":%s,\"latency\":%.6f,%s\"experiments\":%s}%n",
                message,
                ++clock,
                listener,
                time,
                millis / 1000,
                "next".equals(message) ? "\"recommendation\":1," : "",
                experiments));
    }

    private static String arm(String arm) {
        return "{\"E\":\"" + arm + "\"}";
    }

    private ExperimentData read(@Nullable String experiment) throws IOException {
        Path file = Files.writeString(folder.resolve("log.json"), log);
        return new WholeLog(ReadingOptions.DEFAULT, bytes -> {})
                .experiment(EventLogs.find(List.of(file.toString())), experiment);
    }

    private Report report(ReportOptions options) throws IOException {
        return ReportComputation.of(read("E"), options);
    }

    private void twoByTwo() {
        session(1, arm("C"), 2, 1.0, 0.5);
        session(1, arm("C"), 4, 1.0, 0.5, 0.0, 0.0);
        session(2, arm("C"), 3, 1.0, 0.0);
        session(3, arm("T1"), 6, 1.0, 1.0, 1.0);
        session(4, arm("T1"), 1, 1.0, 1.0, 0.0);
        session(4, arm("T1"), 1, 1.0, 0.0, 0.0);
        session(4, arm("T1"), 1, 1.0, 0.0, 0.0);
    }

    @Test
    void totalsAreSumsOverClosedSessions() throws IOException {
        twoByTwo();
        event("next", 1, arm("C"), 9, 1.0); // never ends
        List<Effect> effects = report(ReportOptions.DEFAULT).effects().effects();
        assertEquals(
                List.of("time", "sessions", "mean_request_latency", "mean_tracks_per_session", "mean_time_per_session"),
                effects.stream().limit(5).map(effect -> effect.metric().name()).toList());
        assertMeans(effects.get(0), (3.0 + 1.0) / 2, (3.0 + 4.0) / 2);
        assertMeans(effects.get(1), (2 + 1) / 2.0, (1 + 3) / 2.0);
        assertMeans(effects.get(2), ((2 * 2 + 4 * 4) / 6.0 + 3) / 2, (6 + 1) / 2.0);
        assertMeans(effects.get(3), (3 + 2) / 2.0, (3 + 3) / 2.0);
        assertMeans(effects.get(4), (1.5 + 1.0) / 2, (3.0 + 4.0 / 3) / 2);
    }

    private static void assertMeans(Effect effect, double control, double treatment) {
        assertEquals(control, effect.controlMean(), 1e-12, effect.metric().name());
        assertEquals(treatment, effect.treatmentMean(), 1e-12, effect.metric().name());
    }

    @Test
    void theOriginalFormulaDividesTheIntervalByControlsMean() throws IOException {
        twoByTwo();
        Effect effect = report(new ReportOptions("sessions", IntervalMethod.SEED, 0.05, Map.of()))
                .effects()
                .effects()
                .get(1);
        // C: 2, 1, T1: 1, 3; variances 0.5 and 2; standard error sqrt(0.5/2 + 2/2); Welch's df 1.25²/(0.25² + 1) =
        // 1.470588.
        double t = 6.182; // upper 2.5% of t with 1.470588 degrees of freedom, by R's qt
        assertEquals((2 - 1.5) / 1.5, effect.relative(), 1e-12);
        assertEquals((0.5 + t * Math.sqrt(1.25)) / 1.5, effect.upper(), 0.01);
    }

    @Test
    void listenersInTwoArmsAreLeftOut() throws IOException {
        twoByTwo();
        session(1, arm("T1"), 1, 1.0, 1.0);
        session(5, arm("C"), 1, 1.0, 1.0);
        ExperimentData data = read("E");
        assertEquals(1, data.log().switched());
        assertEquals(
                2,
                ReportComputation.of(data, ReportOptions.DEFAULT).arms().get(0).counted());
    }

    @Test
    void forcedListenersAreLeftOut() throws IOException {
        twoByTwo();
        session(9, arm("C") + ",\"forced\":[\"E\"]", 1, 1.0, 1.0);
        ExperimentData data = read("E");
        assertEquals(1, data.log().forced());
        assertEquals(
                2,
                ReportComputation.of(data, ReportOptions.DEFAULT).arms().get(0).exposed());
    }

    @Test
    void armsAreSorted() throws IOException {
        for (String name : List.of("T10", "T2", "C", "T1")) {
            session(1, "{\"E\":\"" + name + "\"}", 1, 1.0);
            clock += 10;
            session(name.hashCode() & 0xffff, arm(name), 1, 1.0);
        }
        assertEquals(List.of("C", "T1", "T2", "T10"), read("E").arms());
    }

    @Test
    void aBrokenSplitWithholdsAllEffectsWithTheReason() throws IOException {
        for (int listener = 0; listener < 100; listener++) {
            session(listener, arm(listener < 80 ? "C" : "T1"), 1, 1.0, listener % 2);
        }
        Report broken = report(ReportOptions.DEFAULT);
        assertEquals(List.of(), broken.effects().effects());
        assertTrue(
                new ReportSentences(broken).verdicts().get(0).startsWith("No verdict: the split is broken"),
                new ReportSentences(broken).verdicts()::toString);
        assertThrows(ReportException.class, () -> ReportFormat.CSV.write(broken, false));
        Report weighted = report(new ReportOptions("time", IntervalMethod.FIELLER, 0.05, Map.of("C", 4.0, "T1", 1.0)));
        assertTrue(weighted.effects().effects().size() > 5, "80 to 20 matches these weights");
    }

    @Test
    void anArmWithoutListenersIsABrokenSplit() throws IOException {
        for (int listener = 0; listener < 60; listener++) {
            session(listener, arm(listener % 2 == 0 ? "C" : "T1"), 1, 1.0, listener % 7 / 10.0);
        }
        var three = new ReportOptions("time", IntervalMethod.FIELLER, 0.05, Map.of("C", 1.0, "T1", 1.0, "T2", 1.0));
        Report broken = report(three);
        assertTrue(
                new ReportSentences(broken)
                        .verdicts()
                        .get(0)
                        .contains("30 instead of about 20, 30 instead of about 20, 0 instead of about 20"),
                new ReportSentences(broken).verdicts()::toString);
        assertTrue(new ReportSentences(report(ReportOptions.DEFAULT))
                .notes()
                .contains("The split is compared with equal weights, since none are given."));
    }

    @Test
    void controlCanBeChosen() throws IOException {
        twoByTwo();
        Report report = report(new ReportOptions("time", IntervalMethod.FIELLER, 0.05, "T1", Map.of(), Map.of(), 100));
        assertEquals(
                List.of("T1", "C"), report.arms().stream().map(Report.Arm::name).toList());
        assertEquals("C", report.effects().effects().get(0).arm());
        var unknown = new ReportOptions("time", IntervalMethod.FIELLER, 0.05, "T7", Map.of(), Map.of(), 100);
        assertEquals(
                "E has no arm T7; it has: C, T1",
                assertThrows(ReportException.class, () -> report(unknown)).getMessage());
    }

    @Test
    void theVerdictIsASentence() throws IOException {
        for (int listener = 0; listener < 60; listener++) {
            boolean control = listener % 2 == 0;
            session(
                    listener,
                    arm(control ? "C" : "T1"),
                    control ? 1 : 2,
                    1.0,
                    (control ? 0.1 : 0.5) + listener / 600.0);
        }
        String verdict =
                new ReportSentences(report(ReportOptions.DEFAULT)).verdicts().get(0);
        assertTrue(
                verdict.matches(
                        "T1 beats C on mean_time_per_session, by 3\\d\\.\\d% \\[3\\d\\.\\d, 3\\d\\.\\d]; 60 listeners\\."),
                verdict);
        String slower = new ReportSentences(
                        report(new ReportOptions("mean_request_latency", IntervalMethod.FIELLER, 0.05, Map.of())))
                .verdicts()
                .get(0);
        assertEquals(
                "T1 cannot be compared with C on mean_request_latency, since no listener differs from another: "
                        + "100.0% (unbounded); 60 listeners.",
                slower);
    }

    @Test
    void reportsThatCannotBeComputedAreRefused() throws IOException {
        assertRefused("the log has no sessions of any experiment yet", null);
        session(1, arm("C"), 1, 1.0);
        session(2, arm("C"), 1, 1.0);
        assertRefused("the experiment E has one arm in the log, C; an effect takes two", null);
        session(3, arm("T1"), 1, 1.0);
        assertRefused("arm T1 of E has 1 listener with a session that ended; an effect takes at least 2", null);
        assertRefused("the log has no experiment F; it has: E", "F");
        session(4, "{\"E\":\"T1\",\"D\":\"C\"}", 1, 1.0);
        assertRefused("the log has several experiments; name one with --experiment: D, E", null);
        var unknown = new ReportOptions("joy", IntervalMethod.FIELLER, 0.05, Map.of());
        String message = String.valueOf(
                assertThrows(ReportException.class, () -> report(unknown)).getMessage());
        assertTrue(message.startsWith("unknown metric \"joy\"; there are: time, sessions,"), message);
        var threeWeights =
                new ReportOptions("time", IntervalMethod.FIELLER, 0.05, Map.of("C", 1.0, "T1", 1.0, "T2", 1.0));
        message = String.valueOf(
                assertThrows(ReportException.class, () -> report(threeWeights)).getMessage());
        assertEquals("arm T2 of E has no listeners; an effect takes at least 2", message);
        var noWeight = new ReportOptions("time", IntervalMethod.FIELLER, 0.05, Map.of("C", 1.0, "T2", 1.0));
        message = String.valueOf(
                assertThrows(ReportException.class, () -> report(noWeight)).getMessage());
        assertEquals(
                "the log has listeners in arm T1 of E, and weights are configured of C, T2: rename an arm in the configuration"
                        + " or in --weights to T1, or begin an experiment of another name",
                message);
    }

    private void assertRefused(String message, @Nullable String experiment) throws IOException {
        assertEquals(
                message,
                assertThrows(ReportException.class, () -> ReportComputation.of(read(experiment), ReportOptions.DEFAULT))
                        .getMessage());
    }
}
