package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Effect;
import dev.segue.analysis.IntervalMethod;
import dev.segue.analysis.Verdict;
import dev.segue.event.SessionRule;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import dev.segue.report.rendering.ReportFormat;
import dev.segue.report.rendering.ReportSentences;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests which listeners and sessions a report counts. */
class CountedListenersTest extends HandMadeLog {

    private static final ReportOptions SEED =
            new ReportOptions("mean_time_per_session", IntervalMethod.SEED, 0.05, Map.of());

    /** Adds ten control listeners who end a session, and ten treated listeners of whom four do. */
    private void sixNeverFinish() {
        for (int listener = 0; listener < 20; listener++) {
            double time = 0.3 + listener / 100.0;
            if (listener < 14) {
                session(listener, listener < 10 ? "C" : "T1", START + listener, 1, time, listener < 10 ? 0 : 1);
            } else {
                sessionWithoutLast(listener, "T1", START + listener, 1, time);
            }
        }
    }

    @Test
    void listenersWhoNeverFinishCountAsZeroInSums() throws IOException {
        sixNeverFinish();
        Report report = report(SEED);
        assertMeans(report, "sessions", 1, 0.4);
        assertEquals(-0.6, effect(report, "sessions").relative(), 1e-12);
        assertMeans(report, "time", 1.345, (4 * 2.3 + 0.1 + 0.11 + 0.12 + 0.13) / 10);
        assertMeans(report, "mean_tracks_per_session", 3, 3);
        assertEquals(10, report.arms().get(1).exposed());
        assertEquals(4, report.arms().get(1).counted());
    }

    @Test
    void completionIsAMetric() throws IOException {
        sixNeverFinish();
        Report report = report(SEED);
        assertMeans(report, "completion", 1, 0.4);
        assertEquals(
                0.0034148,
                effect(report, "completion").pValue(),
                1e-6,
                "chi-square of 10 of 10 and 4 of 10 without a correction: 8.5714");
    }

    @Test
    void perSessionVerdictsAreWithheldIfCompletionDiffers() throws IOException {
        sixNeverFinish();
        Report report = report(SEED);
        String verdict = new ReportSentences(report).verdicts().get(0);
        assertTrue(
                verdict.startsWith("No verdict on mean_time_per_session of T1:")
                        && verdict.contains("C 10 of 10, T1 4 of 10, p = 0.0034"),
                verdict);
        assertEquals(Verdict.WITHHELD, report.verdict(effect(report, "mean_time_per_session")));
        assertEquals(Verdict.WORSE, report.verdict(effect(report, "sessions")));
        for (ReportFormat format : ReportFormat.values()) {
            String written = format.write(report, false);
            assertTrue(written.contains("withheld") && written.contains("completion"), written);
            assertFalse(written.contains("beats"), written);
        }
    }

    @Test
    void withheldMetricsAreNotSignificant() throws IOException {
        crowd(0.3);
        for (int listener = 60; listener < 80; listener++) {
            sessionWithoutLast(listener, "T1", START + 100 * HOUR, 1);
        }
        Report report = report(options("mean_time_per_session", Map.of("mean_time_per_session", 0.5)));
        assertTrue(effect(report, "mean_time_per_session").significant(), "by its test alone");
        assertTrue(report.guardrails().get(0).isPassed(), "by its test alone");
        JsonNode json = new JsonMapper().readTree(ReportFormat.JSON.write(report, false));
        for (JsonNode row : json.get("effects")) {
            boolean withheld = row.get("verdict").asString().equals("withheld");
            assertEquals(!row.get("metric").asString().matches("time|sessions|completion|recommended_time"), withheld);
            assertFalse(withheld && row.get("significant").asBoolean(), row.toString());
            assertFalse(withheld && row.get("p_adjusted").isNumber(), row.toString());
        }
        for (String part : List.of("adjusted", "days")) {
            assertFalse(json.get(part).isEmpty(), part);
            json.get(part).forEach(row -> assertFalse(row.get("significant").asBoolean(), part + row));
        }
        assertFalse(json.get("guardrails").get(0).get("passed").asBoolean());
        for (ReportFormat format :
                List.of(ReportFormat.TEXT, ReportFormat.MARKDOWN, ReportFormat.HTML, ReportFormat.CSV)) {
            String written = format.write(report, true);
            written.replace("<tr ", "\n<tr ")
                    .lines()
                    .filter(row -> row.contains("mean_time_per_session"))
                    .forEach(row ->
                            assertFalse(row.contains("true") || row.contains("\u001b[32m"), format + ": " + row));
        }
    }

    @Test
    void withheldMetricsPassNoGuardrail() throws IOException {
        sixNeverFinish();
        String verdicts = new ReportSentences(report(options("time", Map.of("skip_rate", 0.9))))
                .guardrailVerdicts()
                .toString();
        assertTrue(
                verdicts.contains("NOT PASSED (cannot be tested: the arms' listeners do not finish sessions alike)"),
                verdicts);
    }

    @Test
    void verdictsNameASmallDifferenceInCompletion() throws IOException {
        crowd(0.3);
        sessionWithoutLast(60, "T1", START + 100 * HOUR, 1);
        String verdict =
                new ReportSentences(report(ReportOptions.DEFAULT)).verdicts().get(0);
        assertTrue(verdict.startsWith("T1 beats C"), verdict);
        assertTrue(verdict.endsWith("of those with a session that ended: C 30 of 30, T1 30 of 31, p = 0.32."), verdict);
    }

    @Test
    void theOriginalRuleLeavesOutListenersWhoNeverFinish() throws IOException {
        sixNeverFinish();
        var reading = new ReadingOptions(
                null, Duration.ofDays(1), ZoneOffset.UTC, TrackFacts.NONE, true, new SessionRule(1, true));
        Report report = ReportComputation.of(read(reading), SEED);
        assertMeans(report, "sessions", 1, 1);
        assertMeans(report, "completion", 1, 0.4);
        assertEquals(6, report.log().open());
    }

    private void fourListeners() {
        for (int listener = 0; listener < 4; listener++) {
            session(listener, listener % 2 == 0 ? "C" : "T1", START + listener, 1, 0.1 * listener);
        }
    }

    @Test
    void sessionsEndWithTheNextSessionOrBySilence() throws IOException {
        fourListeners();
        sessionWithoutLast(0, "C", START + HOUR, 1, 0.5); // ends with the next session
        sessionWithoutLast(0, "C", START + HOUR + 60_000, 1, 0.5); // ends by silence
        sessionWithoutLast(1, "T1", START + 2 * HOUR, 1, 0.5); // open
        Report report = report(ReportOptions.DEFAULT);
        assertEquals(4, report.arms().get(0).sessions());
        assertEquals(2, report.arms().get(1).sessions());
        assertEquals(2, report.log().left());
        assertEquals(1, report.log().open());
        assertTrue(
                new ReportSentences(report).notes().contains("Left out: 1 open sessions.")
                        && new ReportSentences(report)
                                .notes()
                                .toString()
                                .contains("2 of 6 sessions ended without \"last\""),
                new ReportSentences(report).notes()::toString);
    }

    @Test
    void theSessionTimeoutCanBeChosen() throws IOException {
        fourListeners();
        sessionWithoutLast(0, "C", START + HOUR, 1, 0.5);
        sessionWithoutLast(1, "T1", START + 2 * HOUR, 1, 0.5);
        var longTimeout = new ReadingOptions(
                null, Duration.ofDays(1), ZoneOffset.UTC, TrackFacts.NONE, true, SessionRule.of(Duration.ofHours(1)));
        assertEquals(1, read(ReadingOptions.DEFAULT).log().open());
        assertEquals(2, read(longTimeout).log().open());
    }

    @Test
    void logsWithoutLastHaveAReport() throws IOException {
        for (int listener = 0; listener < 8; listener++) {
            String arm = listener % 2 == 0 ? "C" : "T1";
            sessionWithoutLast(listener, arm, START + listener * 1000L, 0.1, 0.2 + listener / 100.0);
            sessionWithoutLast(listener, arm, START + 2 * HOUR + listener * 1000L, 0.1, 0.2);
        }
        Report report = report(ReportOptions.DEFAULT);
        assertEquals(8, report.log().sessions());
        assertEquals(8, report.log().open());
        assertMeans(report, "sessions", 1, 1);
    }

    @Test
    void listenersWhoseArmChangesWithinASessionAreInTwoArms() throws IOException {
        fourListeners();
        session(0, "C", START + HOUR, 1, 0.5, 0.5);
        int middle = log.lastIndexOf("\"E\":\"C\"", log.lastIndexOf("\"E\":\"C\"") - 1);
        log.replace(middle, middle + 7, "\"E\":\"T1\"");
        session(5, "C", START, 1, 0.5);
        ExperimentData data = read(ReadingOptions.DEFAULT);
        assertEquals(1, data.log().switched());
        assertEquals(
                2,
                ReportComputation.of(data, ReportOptions.DEFAULT).arms().get(0).exposed());
    }

    @Test
    void logsWithAllListenersInTwoArmsAreRefused() throws IOException {
        session(1, "C", START, 1, 0.5);
        session(1, "T1", START + HOUR, 1, 0.5);
        assertEquals(
                "the log has no listener whose arm of E was drawn and stayed: 1 listeners are in two arms and left out",
                assertThrows(ReportException.class, () -> report(ReportOptions.DEFAULT))
                        .getMessage());
    }

    @Test
    void sessionsThatStartWithoutAnArmCountInTheLaterArm() throws IOException {
        fourListeners();
        session(6, "C", START, 1, 0.5, 0.25);
        int first = log.indexOf("\"E\":\"C\"", log.indexOf("\"user\":6"));
        log.delete(first, first + 7);
        ExperimentData data = read(ReadingOptions.DEFAULT);
        assertEquals(1, data.log().late());
        Report report = ReportComputation.of(data, ReportOptions.DEFAULT);
        assertMeans(report, "time", (1 + 1.2 + 1.75) / 3, (1.1 + 1.3) / 2);
        assertTrue(
                new ReportSentences(report)
                        .notes()
                        .toString()
                        .contains("1 sessions began before their listener had an arm"),
                new ReportSentences(report).notes()::toString);
    }

    @Test
    void repeatedEventsCountOnce() throws IOException {
        crowd(0.3);
        String expected = figures(read(ReadingOptions.DEFAULT));
        String once = log.toString();
        log.setLength(0);
        once.lines().forEach(line -> log.append(line).append('\n').append(line).append('\n'));
        ExperimentData doubled = read(ReadingOptions.DEFAULT);
        assertEquals(once.lines().count(), doubled.log().repeated());
        assertEquals(expected, figures(doubled));
        log.setLength(0);
        log.append(once).append(once);
        assertEquals(expected, figures(read(ReadingOptions.DEFAULT)), "copies of a file");
        String botify = once.replaceAll(",\"session\":[0-9]+,\"seq\":[0-9]+", "");
        log.setLength(0);
        log.append(botify);
        String expectedOfBotify = figures(read(ReadingOptions.DEFAULT));
        log.append(botify);
        ExperimentData copied = read(ReadingOptions.DEFAULT);
        assertEquals(once.lines().count(), copied.log().repeated());
        assertEquals(expectedOfBotify, figures(copied));
    }

    @Test
    void repeatedEventsOfOneTimeCountOnce() throws IOException {
        fourListeners();
        String before = log.toString();
        var moment = new StringBuilder();
        for (int track = 0; track < 100; track++) {
            moment.append(String.format(
                    "{\"message\":\"last\",\"timestamp\":%d,\"user\":1,\"track\":%d,\"time\":0.5,\"experiments\":{\"E\":\"T1\"}}%n",
                    START + HOUR, track));
        }
        log.append(moment).append(moment);
        assertEquals(100, read(ReadingOptions.DEFAULT).log().repeated());
        assertEquals(104, read(ReadingOptions.DEFAULT).log().sessions());
        log.setLength(0);
        log.append(before);
    }

    /** Returns the report without the counts of the log. */
    private static String figures(ExperimentData data) {
        Report report = ReportComputation.of(data, ReportOptions.DEFAULT);
        return report.arms() + " " + report.effects() + " " + report.days() + " " + report.quantiles();
    }

    private void oneDominantListener() {
        for (int listener = 0; listener < 40; listener++) {
            session(listener, listener % 2 == 0 ? "C" : "T1", START + listener, 1, listener / 40.0);
        }
        for (int number = 1; number <= 300; number++) {
            session(999, "T1", START + number * HOUR, 1, 1);
        }
    }

    @Test
    void dominantListenersAreNamed() throws IOException {
        crowd(0.3);
        assertFalse(
                new ReportSentences(report(ReportOptions.DEFAULT))
                        .notes()
                        .toString()
                        .contains("Listener"),
                "no dominant listener");
        log.setLength(0);
        oneDominantListener();
        String notes =
                new ReportSentences(report(ReportOptions.DEFAULT)).notes().toString();
        assertTrue(
                notes.matches(
                        ".*Listener 999 has 93\\.8% of the sessions and 9\\d\\.\\d% of the time of T1; --cap 99% .*"),
                notes);
    }

    @Test
    void aCapLimitsTheSumsOfAListener() throws IOException {
        oneDominantListener();
        var capped = new ReportOptions("time", IntervalMethod.FIELLER, 0.05, null, Map.of(), Map.of(), 100, 0.97);
        Report report = report(capped);
        CappedEffect sessions = report.capped().get(1);
        assertEquals("sessions", sessions.effect().metric().name());
        assertEquals(1, sessions.limit());
        assertEquals(1, sessions.listeners());
        assertEquals(1, sessions.effect().treatmentMean(), 1e-12);
        assertEquals(320.0 / 21, effect(report, "sessions").treatmentMean(), 1e-12, "the uncapped effect remains");
        for (ReportFormat format : ReportFormat.values()) {
            String written = format.write(report, false);
            assertTrue(written.contains("capped") || written.contains("97% percentile"), written);
        }
        var wrong = new ReportOptions("time", IntervalMethod.FIELLER, 0.05, null, Map.of(), Map.of(), 100, 1.5);
        assertThrows(ReportException.class, () -> report(wrong));
    }

    @Test
    void sumsBelowTheCapAreNotChanged() throws IOException {
        crowd(0.3);
        var capped = new ReportOptions("time", IntervalMethod.FIELLER, 0.05, null, Map.of(), Map.of(), 100, 0.999);
        Report report = report(capped);
        assertEquals(0, report.capped().get(0).listeners());
        assertTrue(
                new ReportSentences(report).notes().toString().contains("No listener is above the limit of --cap"),
                new ReportSentences(report).notes()::toString);
    }

    @Test
    void latenciesAreSummedInFullPrecision() throws IOException {
        fourListeners();
        String precise = log.toString().replace("\"latency\":0.001", "\"latency\":0.0010000004");
        log.setLength(0);
        log.append(precise);
        Effect latency = effect(report(ReportOptions.DEFAULT), "mean_request_latency");
        assertEquals((1.0000004 + 2) / 2, latency.controlMean(), 1e-15, "digits below a nanosecond count");
    }

    @Test
    void theHeadingNamesTheDays() throws IOException {
        crowd(0.3);
        String text = ReportFormat.TEXT.write(report(ReportOptions.DEFAULT), false);
        assertTrue(text.startsWith("E, 2026-01-01 to 2026-01-05 (UTC): C 30 listeners, 31 sessions; "), text);
        assertTrue(ReportFormat.HTML
                .write(report(ReportOptions.DEFAULT), false)
                .contains("2026-01-01 to 2026-01-05 (UTC)"));
    }
}
