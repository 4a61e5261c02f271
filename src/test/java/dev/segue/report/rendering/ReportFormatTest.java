package dev.segue.report.rendering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.report.DayEffect;
import dev.segue.report.HandMadeLog;
import dev.segue.report.Report;
import dev.segue.report.ReportComputation;
import dev.segue.report.ReportOptions;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.ReportException;
import dev.segue.report.reading.TrackFacts;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Tests the formats of reports on hand-made logs. */
class ReportFormatTest extends HandMadeLog {

    @Test
    void guardrailsPassOrFail() throws IOException {
        crowd(0.0);
        Report report = report(options("time", Map.of("mean_time_per_session", 0.3, "sessions", 0.01)));
        assertEquals(2, report.guardrails().size());
        assertTrue(report.guardrails().get(0).isPassed(), report.guardrails()::toString);
        assertTrue(new ReportSentences(report)
                .guardrailVerdicts()
                .get(0)
                .startsWith("Guardrail mean_time_per_session of T1: passed"));
        assertTrue(
                new ReportSentences(report)
                        .guardrailVerdicts()
                        .get(1)
                        .startsWith("Guardrail sessions of T1: NOT PASSED"),
                "no variation");
        assertThrows(ReportException.class, () -> report(options("time", Map.of("joy", 0.1))));
    }

    @Test
    void htmlIsSelfContainedAndWellFormed() throws Exception {
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
    void outlyingEffectsAreArrowsWithTheirValue() throws IOException {
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
    void namesAreEscapedInHtml() throws IOException {
        twoByTwo();
        String evil = log.toString().replace("\"E\"", "\"E<script>alert(1)</script>\"");
        Path file = Files.writeString(folder.resolve("evil.json"), evil);
        Report report = ReportComputation.of(read(file, ReadingOptions.DEFAULT), ReportOptions.DEFAULT);
        String html = ReportFormat.HTML.write(report, false);
        assertFalse(html.contains("<script"), html);
    }

    @Test
    void coloursShowTheVerdict() throws IOException {
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
        assertTrue(
                new ReportSentences(report).verdicts().get(0).contains("cannot be compared"),
                new ReportSentences(report).verdicts()::toString);
        assertTrue(ReportFormat.HTML.write(report, false).contains("untestable"));
    }

    @Test
    void alwaysValidVerdictsOrTheirAbsenceAreExplained() throws IOException {
        crowd(0.3);
        Report report = report(ReportOptions.DEFAULT);
        DayEffect last = report.days().get(report.days().size() - 1);
        String text = new ReportSentences(report).alwaysValidVerdicts().get(0);
        assertTrue(text.startsWith("Always valid: T1 ") && text.endsWith("until " + last.date() + "."), text);
        assertTrue(text.contains(String.format(Locale.ROOT, "[%.1f, ", 100 * last.lower())), text);
        Report ratio = report(options("skip_rate", Map.of()));
        assertEquals(List.of(), new ReportSentences(ratio).alwaysValidVerdicts());
        assertTrue(
                new ReportSentences(ratio)
                        .notes()
                        .contains("No effects over days: they are of means, and skip_rate is a ratio of sums."),
                new ReportSentences(ratio).notes()::toString);
        Report soon = ReportComputation.of(
                read(new ReadingOptions(null, Duration.ofDays(900), ZoneOffset.UTC, TrackFacts.NONE, true)),
                ReportOptions.DEFAULT);
        assertTrue(
                new ReportSentences(soon)
                        .notes()
                        .contains(
                                "No effects over days: the first 21600 hours of two listeners in each arm are not over yet."),
                new ReportSentences(soon).notes()::toString);
    }

    @Test
    void leftOutSessionsAndListenersAreNoted() throws IOException {
        twoByTwo();
        session(1, "T1", START + 2 * HOUR, 1, 0);
        session(8, "C", START + 2 * HOUR, 1, 0);
        int closing = log.lastIndexOf("\"last\"");
        log.replace(closing, closing + 6, "\"next\"");
        session(9, "C", START, 1, 0);
        String text = String.join(" ", new ReportSentences(report(ReportOptions.DEFAULT)).notes());
        assertTrue(text.contains("Left out: 1 open sessions, 1 listeners in two arms."), text);
    }

    @Test
    void effectsOnAMeanOfZeroAreNotPercentages() throws IOException {
        for (int listener = 0; listener < 40; listener++) {
            boolean control = listener % 2 == 0;
            session(listener, control ? "C" : "T1", START + listener, 0, control ? 0 : 0.5 + listener / 100.0);
        }
        Report report = report(options("time", Map.of("time", 0.1)));
        String text = new ReportSentences(report).verdicts().get(0)
                + new ReportSentences(report).guardrailVerdicts()
                + new ReportSentences(report).sensitivity();
        assertTrue(
                text.contains("instead of 0.0000, without a percentage since control's mean is not above 0")
                        && !text.contains("NaN"),
                text);
        assertTrue(text.contains("cannot be tested"), text);
        for (ReportFormat format : ReportFormat.values()) {
            String written = format.write(report, false);
            assertFalse(written.contains("NaN") || written.contains("Infinity"), written);
        }
    }
}
