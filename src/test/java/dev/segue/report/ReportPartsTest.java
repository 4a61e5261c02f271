package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Effect;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import dev.segue.report.rendering.ReportSentences;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the parts of reports beyond the original table on hand-made logs. */
class ReportPartsTest extends HandMadeLog {

    @Test
    void furtherMetricsMatchAComputationByHand() throws IOException {
        twoByTwo();
        TrackFacts facts = new TrackFacts(10, row -> row, track -> track / 2); // tracks 0 and 1 are by one artist
        var reading = new ReadingOptions(null, Duration.ofDays(1), ZoneOffset.UTC, facts, true);
        Report report = ReportComputation.of(read(reading), ReportOptions.DEFAULT);
        assertMeans(report, "recommended_time", (0.6 + 0.25) / 2, (1.2 + 0.9) / 2);
        assertMeans(report, "mean_recommended_tracks_per_session", (1.5 + 1) / 2, (2 + 1) / 2.0);
        assertMeans(report, "mean_recommended_time_per_session", (0.3 + 0.25) / 2, (1.2 + 0.9) / 2);
        assertMeans(report, "tracks_per_session", 7 / 3.0, 5 / 2.0);
        assertMeans(report, "time_per_session", 3.85 / 3, 4.1 / 2);
        assertMeans(report, "skip_rate", 2 / 4.0, 1 / 3.0);
        assertMeans(report, "fallback_rate", 1 / 4.0, 1 / 3.0);
        assertMeans(report, "distinct_artists_per_session", (1.5 + 1) / 2, (2 + 1) / 2.0);
        assertEquals(2, report.arms().get(0).recommended(), "tracks 1 and 2");
        assertEquals(0.2, report.arms().get(0).coverage(), 1e-12);
    }

    @Test
    void metricsOfArtistsNeedACatalogAndThoseOfFallbacksNeedOrigins() throws IOException {
        twoByTwo();
        assertThrows(ReportException.class, () -> report(options("distinct_artists_per_session", Map.of())));
        String botify = log.toString().replaceAll(",\"recommender\":\"r\",\"fallback\":[01]", "");
        log.setLength(0);
        log.append(botify);
        assertTrue(report(ReportOptions.DEFAULT).effects().effects().stream()
                .noneMatch(effect -> effect.metric().name().equals("fallback_rate")));
    }

    @Test
    void earlierSessionsReduceTheVariance() throws IOException {
        crowd(0.1);
        AdjustedEffect adjusted = report(ReportOptions.DEFAULT).adjusted().get(0);
        assertTrue(adjusted.varianceReduction() > 0.3, "variance reduction " + adjusted.varianceReduction());
        assertEquals(0.5, adjusted.newListeners(), 1e-12);
        assertEquals(0.1, adjusted.effect().absolute().estimate(), 0.03);
    }

    @Test
    void sessionsBeforeFromAreEarlierSessions() throws IOException {
        crowd(0.1);
        for (int listener = 0; listener < 60; listener++) {
            session(
                    listener,
                    listener % 2 == 0 ? "C" : "T1",
                    START + 90 * HOUR + listener,
                    1,
                    0.5,
                    0.1 * (listener % 3));
        }
        var from = new ReadingOptions(START + 80 * HOUR, Duration.ofDays(1), ZoneOffset.UTC, TrackFacts.NONE, true);
        Report report = ReportComputation.of(read(from), ReportOptions.DEFAULT);
        assertEquals(31, report.arms().get(0).sessions(), "one session each, listener 0 one more");
        assertEquals(0, report.adjusted().get(0).newListeners(), "all have earlier sessions");
        assertTrue(
                new ReportSentences(report)
                        .notes().stream()
                                .anyMatch(note -> note.matches("\\d+ sessions before --from name an arm already: .*")),
                new ReportSentences(report).notes()::toString);
    }

    @Test
    void daysAddListenersInOrderOfArrivalAfterTheirWindows() throws IOException {
        crowd(0.3);
        List<DayEffect> days = report(ReportOptions.DEFAULT).days();
        assertEquals("2026-01-02", days.get(0).date().toString(), "no window closes on the first day");
        // A listener arrives each hour from midnight on; its window of a day is over on the next.
        assertEquals(
                25,
                days.get(0).effect().control().size()
                        + days.get(0).effect().treatment().size());
        assertEquals(60, days.get(days.size() - 1).effect().control().size() * 2);
        DayEffect last = days.get(days.size() - 1);
        Effect once = effect(report(ReportOptions.DEFAULT), "mean_time_per_session");
        assertEquals(once.relative(), last.effect().relative(), 1e-9);
        assertTrue(last.lower() < once.lower() && last.upper() > once.upper(), "always-valid intervals are wider");
    }

    private void withIdleTreatments() {
        for (int treatment = 2; treatment <= 6; treatment++) {
            for (int listener = 0; listener < 30; listener++) {
                double taste = listener * 14 % 60 / 100.0;
                session(1000 * treatment + listener, "T" + treatment, START + listener * HOUR, 1, taste, 0.1);
            }
        }
    }

    @Test
    void treatmentsShareTheAlphaOfTheDays() throws IOException {
        crowd(0.3);
        DayEffect alone = report(ReportOptions.DEFAULT).days().get(2);
        withIdleTreatments();
        List<DayEffect> days = report(ReportOptions.DEFAULT).days();
        DayEffect among = days.stream()
                .filter(day -> day.effect().arm().equals("T1") && day.date().equals(alone.date()))
                .findFirst()
                .orElseThrow();
        assertEquals(alone.effect().relative(), among.effect().relative(), 1e-12);
        assertTrue(among.lower() < alone.lower() && among.upper() > alone.upper(), "six treatments share alpha");
        assertEquals(0.05 / 6, among.effect().alpha(), 1e-12);
    }

    @Test
    void verdictsNameACorrectionThatDecides() throws IOException {
        Effect effect;
        Report report;
        double lift = 0.02;
        do {
            log.setLength(0);
            crowd(lift);
            withIdleTreatments();
            report = report(ReportOptions.DEFAULT);
            effect = effect(report, "mean_time_per_session");
            lift += 0.005;
        } while (!effect.significant());
        assertTrue(effect.adjustedPValue() > 0.05, "the lift is just above what is significant by itself");
        String verdict = new ReportSentences(report).verdicts().get(0);
        assertTrue(
                verdict.matches(
                        "T1 is not shown to differ from C on mean_time_per_session: .*\\] by itself, but p = 0\\.0\\d+"
                                + " becomes 0\\.\\d+ among 6 treatments; 60 listeners\\."),
                verdict);
        assertFalse(new ReportSentences(report).verdicts().get(1).contains("by itself"));
    }

    @Test
    void daysAreInTheTimeZone() throws IOException {
        crowd(0.3);
        var tokyo = new ReadingOptions(null, Duration.ofDays(1), ZoneId.of("Asia/Tokyo"), TrackFacts.NONE, true);
        DayEffect first =
                ReportComputation.of(read(tokyo), ReportOptions.DEFAULT).days().get(0);
        assertEquals(
                16, first.effect().control().size() + first.effect().treatment().size(), "from 9 to 24 o'clock");
    }

    @Test
    void quantilesCountListeners() throws IOException {
        crowd(0.0);
        ArmQuantile median = report(ReportOptions.DEFAULT).quantiles().stream()
                .filter(quantile -> quantile.what().equals("request_latency")
                        && quantile.quantile().probability() == 0.5)
                .findFirst()
                .orElseThrow();
        assertEquals(2, median.quantile().value(), 1e-6, "ms; every session has 1, 2 and 3");
        assertEquals(30, median.quantile().listeners());
        assertEquals(93, median.quantile().observations());
    }

    @Test
    void sessionLengthsAreShares() throws IOException {
        twoByTwo();
        SessionLengths control = report(ReportOptions.DEFAULT).lengths().get(0);
        assertEquals(1.0, control.shares().get(1), 1e-12, "1.6, 1.0 and 1.25");
        assertEquals(
                1.0, control.shares().stream().mapToDouble(Double::doubleValue).sum(), 1e-12);
    }

    @Test
    void clocksThatGoBackwardsAreCounted() throws IOException {
        twoByTwo();
        String line = log.substring(0, log.indexOf("\n"));
        String backwards =
                log.toString().replace(line, line.replace("timestamp\":" + START, "timestamp\":" + (START + 1_000)));
        ExperimentData data = read(Files.writeString(folder.resolve("back.json"), backwards), ReadingOptions.DEFAULT);
        assertEquals(1, data.log().backwards());
        assertEquals(2, ReportComputation.of(data, ReportOptions.DEFAULT).arms().size());
    }

    @Test
    void linesOfBotifyAndSegueCanBeMixed() throws IOException {
        twoByTwo();
        String older = log.toString()
                .lines()
                .filter(line -> line.contains("\"user\":2") || line.contains("\"user\":4"))
                .map(line -> line.replaceAll(",\"session\":[0-9]+,\"seq\":[0-9]+", "")
                        .replaceAll(",\"recommender\":\"r\",\"fallback\":[01]", ""))
                .reduce("", (all, line) -> all + line + "\n");
        String newer = log.toString()
                .lines()
                .filter(line -> !line.contains("\"user\":2") && !line.contains("\"user\":4"))
                .reduce("", (all, line) -> all + line + "\n");
        log.setLength(0);
        log.append(older).append(newer);
        assertMeans(report(ReportOptions.DEFAULT), "tracks_per_session", 7 / 3.0, 5 / 2.0);
    }
}
