package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Effect;
import dev.segue.analysis.IntervalMethod;
import dev.segue.event.EventReader;
import dev.segue.event.SessionReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** What a report has beside the original table, by hand-made logs. */
class ReportPartsTest {

    private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
    private static final long HOUR = 3_600_000;

    @TempDir
    private Path folder;

    private final StringBuilder log = new StringBuilder();

    /** One session: tracks 0, 1, 2, … with these times; all answers after the first are from a fallback. */
    private void session(int listener, String arm, long begun, double... times) {
        for (int i = 0; i < times.length; i++) {
            boolean last = i == times.length - 1;
            log.append(String.format(
                    Locale.ROOT,
                    "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":%s,\"latency\":0.00%d%s,\"experiments\":{%s},\"session\":%d,\"seq\":%d}%n",
                    last ? "last" : "next",
                    begun + i,
                    listener,
                    i,
                    times[i],
                    1 + i,
                    last
                            ? ""
                            : ",\"recommendation\":" + (i + 1) + ",\"recommender\":\"r\",\"fallback\":"
                                    + (i == 0 ? 0 : 1),
                    arm.isEmpty() ? "" : "\"E\":\"" + arm + "\"",
                    begun,
                    i + 1));
        }
    }

    private ExperimentData read(ReadingOptions options) throws IOException {
        Path file = Files.writeString(folder.resolve("log.json"), log);
        try (var sessions = new SessionReader(EventReader.open(file))) {
            return LogReading.of(sessions, options, () -> {}).experiment("E");
        }
    }

    private Report report(ReportOptions options) throws IOException {
        return Report.of(read(ReadingOptions.DEFAULT), options);
    }

    private static Effect effect(Report report, String metric) {
        return report.effects().effects().stream()
                .filter(effect -> effect.metric().name().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static void assertMeans(Report report, String metric, double control, double treatment) {
        assertEquals(control, effect(report, metric).controlMean(), 1e-12, metric);
        assertEquals(treatment, effect(report, metric).treatmentMean(), 1e-12, metric);
    }

    private void twoByTwo() {
        session(1, "C", START, 1, 0.5, 0.1);
        session(1, "C", START + HOUR, 1, 0);
        session(2, "C", START, 1, 0.25);
        session(3, "T1", START, 1, 1, 0.2);
        session(4, "T1", START, 1, 0.9);
    }

    @Test
    void furtherMetricsAreAsWorkedOutByHand() throws IOException {
        twoByTwo();
        TrackFacts facts = new TrackFacts(10, row -> row, track -> track / 2); // tracks 0 and 1 are by one artist
        var reading = new ReadingOptions(null, Duration.ofDays(1), ZoneOffset.UTC, facts, true);
        Report report = Report.of(read(reading), ReportOptions.DEFAULT);
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
    void withoutACatalogThereAreNoArtistsAndWithoutOriginsNoFallbacks() throws IOException {
        twoByTwo();
        assertThrows(ReportException.class, () -> report(options("distinct_artists_per_session", Map.of())));
        String botify = log.toString().replaceAll(",\"recommender\":\"r\",\"fallback\":[01]", "");
        log.setLength(0);
        log.append(botify);
        assertTrue(report(ReportOptions.DEFAULT).effects().effects().stream()
                .noneMatch(effect -> effect.metric().name().equals("fallback_rate")));
    }

    private static ReportOptions options(String primary, Map<String, Double> guardrails) {
        return new ReportOptions(primary, IntervalMethod.FIELLER, 0.05, null, Map.of(), guardrails, 100);
    }

    /** 60 listeners whose time depends on who they are; half of them were there on the day before. */
    private void crowd(double lift) {
        for (int listener = 0; listener < 60; listener++) {
            double taste = listener * 7 % 60 / 100.0;
            if (listener % 4 < 2) {
                session(listener, "", START - 10 * HOUR + listener, 1, taste, 0.1);
            }
        }
        for (int listener = 0; listener < 60; listener++) {
            double taste = listener * 7 % 60 / 100.0;
            boolean control = listener % 2 == 0;
            session(listener, control ? "C" : "T1", START + listener * HOUR, 1, taste + (control ? 0 : lift), 0.1);
        }
        session(0, "C", START + 100 * HOUR, 1, 0, 0.1); // the same again: the log goes on until then
    }

    @Test
    void whatListenersDidBeforeIsTakenOutOfTheEffect() throws IOException {
        crowd(0.1);
        AdjustedEffect adjusted = report(ReportOptions.DEFAULT).adjusted().get(0);
        assertTrue(adjusted.varianceReduction() > 0.3, "saved " + adjusted.varianceReduction());
        assertEquals(0.5, adjusted.newListeners(), 1e-12);
        assertEquals(0.1, adjusted.effect().absolute().estimate(), 0.03);
    }

    @Test
    void experimentThatBeganLaterHasItsEarlierSessionsBefore() throws IOException {
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
        Report report = Report.of(read(from), ReportOptions.DEFAULT);
        assertEquals(31, report.arms().get(0).sessions(), "one session each, listener 0 one more");
        assertEquals(0, report.adjusted().get(0).newListeners(), "all were there before");
        assertTrue(
                report.notes().stream()
                        .anyMatch(note -> note.matches("\\d+ sessions before --from name an arm already: .*")),
                report.notes()::toString);
    }

    @Test
    void daysTakeInListenersInTheOrderOfTheirArrivalWhenTheirWindowsHaveClosed() throws IOException {
        crowd(0.3);
        List<DayEffect> days = report(ReportOptions.DEFAULT).days();
        assertEquals("2026-01-02", days.get(0).date().toString(), "nobody is closed on the first day");
        // A listener arrives each hour from midnight on; its window of a day is over on the next.
        assertEquals(
                25,
                days.get(0).effect().control().size()
                        + days.get(0).effect().treatment().size());
        assertEquals(60, days.get(days.size() - 1).effect().control().size() * 2);
        DayEffect last = days.get(days.size() - 1);
        Effect once = effect(report(ReportOptions.DEFAULT), "mean_time_per_session");
        assertEquals(once.relative(), last.effect().relative(), 1e-9);
        assertTrue(last.lower() < once.lower() && last.upper() > once.upper(), "looking daily costs width");
    }

    @Test
    void daysAreThoseOfTheZone() throws IOException {
        crowd(0.3);
        var tokyo = new ReadingOptions(null, Duration.ofDays(1), ZoneId.of("Asia/Tokyo"), TrackFacts.NONE, true);
        DayEffect first = Report.of(read(tokyo), ReportOptions.DEFAULT).days().get(0);
        assertEquals(
                16, first.effect().control().size() + first.effect().treatment().size(), "from 9 to 24 o'clock");
    }

    @Test
    void guardrailsPassOrDoNot() throws IOException {
        crowd(0.0);
        Report report = report(options("time", Map.of("mean_time_per_session", 0.3, "sessions", 0.01)));
        assertEquals(2, report.guardrails().size());
        assertTrue(report.guardrails().get(0).isPassed(), report.guardrails()::toString);
        assertTrue(report.guardrailVerdicts().get(0).startsWith("Guardrail mean_time_per_session of T1: passed"));
        assertTrue(
                report.guardrailVerdicts().get(1).startsWith("Guardrail sessions of T1: NOT PASSED"), "no variation");
        assertThrows(ReportException.class, () -> report(options("time", Map.of("joy", 0.1))));
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
    void htmlNeedsNothingElseAndIsWellFormed() throws Exception {
        crowd(0.3);
        String html = ReportFormat.HTML.write(report(options("time", Map.of("sessions", 0.1))), false);
        assertFalse(html.contains("<script") || html.contains("http") || html.contains("src="), "loads nothing");
        assertEquals(3, html.split("role=\"img\"").length - 1, "forest plot, days, session lengths");
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));
        assertTrue(body.contains("T1 beats C on time") && body.contains("mean_time_per_session"), body);
    }

    @Test
    void anEffectFarBeyondTheOthersIsAnArrowWithItsValue() throws IOException {
        for (int i = 0; i < 40; i++) {
            boolean treated = i % 2 == 1;
            double time = 0.5 + i % 7 * 0.01;
            session(i, treated ? "T1" : "C", START + i, 1, time, treated || i == 0 ? 0.1 : 0.3);
        }
        String html = ReportFormat.HTML.write(report(ReportOptions.DEFAULT), false);
        assertEquals(1, html.split("<polygon class=\"mark worse\"", -1).length - 1, "skip_rate");
        assertTrue(html.contains(">+1900%</text>"), html);
    }

    @Test
    void namesAreTextInHtml() throws IOException {
        twoByTwo();
        String evil = log.toString().replace("\"E\"", "\"E<script>alert(1)</script>\"");
        Path file = Files.writeString(folder.resolve("evil.json"), evil);
        try (var sessions = new SessionReader(EventReader.open(file))) {
            ExperimentData data =
                    LogReading.of(sessions, ReadingOptions.DEFAULT, () -> {}).experiment(null);
            String html = ReportFormat.HTML.write(Report.of(data, ReportOptions.DEFAULT), false);
            assertFalse(html.contains("<script"), html);
        }
    }

    @Test
    void coloursTellBetterFromWorse() throws IOException {
        crowd(0.3);
        Report report = report(ReportOptions.DEFAULT);
        assertTrue(ReportFormat.TEXT.write(report, true).contains("\u001b[32mmean_time_per_session"));
        assertFalse(ReportFormat.TEXT.write(report, false).contains("\u001b"));
    }

    @Test
    void listenersWithoutVariationCannotBeCompared() throws IOException {
        for (int listener = 0; listener < 20; listener++) {
            session(listener, listener % 2 == 0 ? "C" : "T1", START + listener, 1, 0.5);
        }
        Report report = report(ReportOptions.DEFAULT);
        assertTrue(report.verdicts().get(0).contains("cannot be compared"), report.verdicts()::toString);
        assertTrue(ReportFormat.HTML.write(report, false).contains("untestable"));
    }

    @Test
    void clockThatWentBackwardsIsCountedAndTheReportIsMadeAnyway() throws IOException {
        twoByTwo();
        String line = log.substring(0, log.indexOf("\n"));
        String backwards =
                log.toString().replace(line, line.replace("timestamp\":" + START, "timestamp\":" + (START + 1_000)));
        Path file = Files.writeString(folder.resolve("back.json"), backwards);
        try (var sessions = new SessionReader(EventReader.open(file))) {
            LogReading reading = LogReading.of(sessions, ReadingOptions.DEFAULT, () -> {});
            assertEquals(1, sessions.counts().backwards());
            assertEquals(
                    2,
                    Report.of(reading.experiment("E"), ReportOptions.DEFAULT)
                            .arms()
                            .size());
        }
    }

    @Test
    void linesOfBotifyAndOfSegueMayBeMixed() throws IOException {
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

    @Test
    void whatHoldsHoweverOftenOneLooksIsSaidOrWhyNot() throws IOException {
        crowd(0.3);
        Report report = report(ReportOptions.DEFAULT);
        DayEffect last = report.days().get(report.days().size() - 1);
        String said = report.standing().get(0);
        assertTrue(
                said.startsWith("However often one looks: T1 ") && said.endsWith("until " + last.date() + "."), said);
        assertTrue(said.contains(String.format(Locale.ROOT, "[%.1f, ", 100 * last.lower())), said);
        Report ratio = report(options("skip_rate", Map.of()));
        assertEquals(List.of(), ratio.standing());
        assertTrue(
                ratio.notes().contains("No effects over days: they are of means, and skip_rate is a ratio of sums."),
                ratio.notes()::toString);
        Report soon = Report.of(
                read(new ReadingOptions(null, Duration.ofDays(900), ZoneOffset.UTC, TrackFacts.NONE, true)),
                ReportOptions.DEFAULT);
        assertTrue(
                soon.notes()
                        .contains(
                                "No effects over days: the first 21600 hours of two listeners in each arm are not over yet."),
                soon.notes()::toString);
    }

    @Test
    void whatIsLeftOutIsNoted() throws IOException {
        twoByTwo();
        session(1, "T1", START + 2 * HOUR, 1, 0);
        session(8, "C", START, 1, 0);
        int closing = log.lastIndexOf("\"last\"");
        log.replace(closing, closing + 6, "\"next\"");
        session(9, "C", START, 1, 0);
        String said = String.join(" ", report(ReportOptions.DEFAULT).notes());
        assertTrue(said.contains("Left out: 1 unfinished sessions, 1 listeners in two arms."), said);
    }

    @Test
    void anEffectOnControlsNothingIsNoPercentage() throws IOException {
        for (int listener = 0; listener < 40; listener++) {
            boolean control = listener % 2 == 0;
            session(listener, control ? "C" : "T1", START + listener, 0, control ? 0 : 0.5 + listener / 100.0);
        }
        Report report = report(options("time", Map.of("time", 0.1)));
        String said = report.verdicts().get(0) + report.guardrailVerdicts() + report.sensitivity();
        assertTrue(said.contains("instead of 0.0000, which is no percentage") && !said.contains("NaN"), said);
        assertTrue(said.contains("cannot be tested"), said);
        for (ReportFormat format : ReportFormat.values()) {
            String written = format.write(report, false);
            assertFalse(written.contains("NaN") || written.contains("Infinity"), written);
        }
    }
}
