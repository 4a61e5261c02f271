package dev.segue.report.rendering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.analysis.Difference;
import dev.segue.analysis.Direction;
import dev.segue.analysis.Effect;
import dev.segue.analysis.Interval;
import dev.segue.analysis.IntervalMethod;
import dev.segue.analysis.Metric;
import dev.segue.analysis.Sample;
import dev.segue.report.DayEffect;
import dev.segue.report.SessionLengths;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Tests the charts of hand-made effects. */
class SvgChartsTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static Effect effect(String metric, String arm, double lower, double relative, double upper) {
        return effect(metric, arm, lower, relative, upper, 0.01);
    }

    /** @param p NaN if it cannot be tested */
    private static Effect effect(String metric, String arm, double lower, double relative, double upper, double p) {
        var sample = new Sample(10, 1, 1);
        var interval = new Interval(lower, upper);
        return new Effect(
                new Metric(metric, Direction.HIGHER_IS_BETTER, Metric.Kind.MEAN),
                arm,
                sample,
                sample,
                new Difference(relative, 1, 2, p, interval),
                relative,
                interval,
                IntervalMethod.FIELLER,
                0.05,
                p);
    }

    private static DayEffect day(int day, String arm, double lower, double relative, double upper) {
        return new DayEffect(LocalDate.of(2026, 1, day), effect("time", arm, lower, relative, upper));
    }

    private static String forest(Effect... effects) {
        return new ForestPlot(List.of(effects), Effect::verdict).draw();
    }

    private static String days(DayEffect... days) {
        return new SvgCharts(List.of("C", "T1", "T2")).days(List.of(days));
    }

    private static List<String> all(String picture, String pattern) {
        return Pattern.compile(pattern)
                .matcher(picture)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static int count(String picture, String pattern) {
        return all(picture, pattern).size();
    }

    private static Element parsed(String picture) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<p>" + picture + "</p>")))
                .getDocumentElement();
    }

    @Test
    void textIsNeverScaled() throws Exception {
        String lengths = new SvgCharts(List.of("C"))
                .lengths(List.of(new SessionLengths("C", Collections.nCopies(SessionLengths.BINS + 1, 0.04))));
        for (String picture : List.of(
                forest(effect("time", "T1", -0.1, 0.1, 0.3)),
                days(day(1, "T1", -0.1, 0, 0.1), day(2, "T1", -0.1, 0, 0.1)),
                lengths)) {
            NodeList texts = parsed(picture).getElementsByTagName("text");
            assertTrue(texts.getLength() > 3, picture);
            for (int i = 0; i < texts.getLength(); i++) {
                for (Node node = texts.item(i); node instanceof Element parent; node = node.getParentNode()) {
                    assertFalse(parent.hasAttribute("viewBox"), picture);
                }
            }
        }
    }

    @Test
    void manyArmsHaveColoursAndFullNames() throws Exception {
        List<String> arms = new ArrayList<>(List.of("control"));
        IntStream.range(1, 12).forEach(i -> arms.add("an arm with quite a long name " + i));
        List<DayEffect> days = arms.stream()
                .skip(1)
                .flatMap(arm -> IntStream.of(1, 2).mapToObj(day -> day(day, arm, -0.1, 0, 0.1)))
                .toList();
        String picture = new SvgCharts(arms).days(days);
        String style = ReportCharts.styleSheet("charts.css");
        List<String> curves = all(picture, "<polyline class=\"curve arm\\d+");
        assertEquals(11, curves.size());
        assertEquals(8, curves.stream().distinct().count());
        for (String curve : curves) {
            assertTrue(style.contains(curve.replaceAll(".* ", ".") + " {"), curve);
        }
        arms.stream().skip(1).forEach(arm -> assertTrue(picture.contains("</i>" + arm + "</span>"), picture));
    }

    @Test
    void withOneTreatmentEachRowIsAMetric() {
        String longest = "mean_recommended_tracks_per_session";
        String picture = forest(effect(longest, "T1", -0.1, 0.1, 0.3), effect("time", "T1", -0.1, 0.1, 0.3));
        assertEquals(1, count(picture, "<text class=\"row\"[^>]*><title>" + longest + "</title>" + longest));
        assertFalse(picture.contains("T1"), picture);
        int left = Integer.parseInt(picture.replaceAll("(?s).* left(\\d+)\".*", "$1"));
        assertTrue(left >= 7 * longest.length(), "left: " + left);
    }

    @Test
    void withMoreTreatmentsRowsAreGroupedByMetric() {
        String name = "a_policy_with_a_very_long_name_that_has_two_ends";
        String picture = forest(
                effect("time", "T1", -0.1, 0.1, 0.3),
                effect("sessions", "T1", -0.1, 0.1, 0.3),
                effect("time", name, -0.1, 0.1, 0.3),
                effect("sessions", name, -0.1, 0.1, 0.3));
        List<String> labels = all(picture, "(?<=</title>)[^<]*");
        String shortened = "a_policy_wi…has_two_ends";
        assertEquals(List.of("time", "T1", shortened, "sessions", "T1", shortened), labels);
        assertEquals(2, count(picture, "<title>" + name + "</title>"));
    }

    @Test
    void untestableEffectsHaveATextInsteadOfABar() {
        String picture = forest(
                effect("time", "T1", -0.1, 0.1, 0.3), effect("latency", "T1", -INFINITE, 0, INFINITE, Double.NaN));
        assertEquals(1, count(picture, ">untestable</text>"));
        assertEquals(1, count(picture, "<line class=\"interval"));
        assertEquals(1, count(picture, "<circle"));
    }

    @Test
    void unboundedEndsAreArrows() {
        String picture = forest(
                effect("time", "T1", -0.1, 0.1, 0.3),
                effect("sessions", "T1", -INFINITE, 0.1, 0.3),
                effect("tracks", "T1", -INFINITE, 0.1, INFINITE));
        assertEquals(3, count(picture, "<polygon class=\"end better"));
        assertEquals(2, count(picture, "<svg x=\"0\\.00%\""));
        assertEquals(1, count(picture, "<svg x=\"100\\.00%\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-0.30|0.62|-40% -20% 0% +20% +40% +60% +80%",
                "-2.04|1.40|-100% -50% 0% +50% +100% +150%",
                "0.001|0.009|-0.2% 0% +0.2% +0.4% +0.6% +0.8% +1.0%",
                "-0.11|-0.02|-15% -10% -5% 0% +5%"
            })
    void ticksAreRoundNumbers(double lower, double upper, String ticks) {
        String picture = forest(effect("time", "T1", lower, (lower + upper) / 2, upper));
        List<String> texts = all(picture, "(?<=>)[-+]?[0-9.]+%(?=</text>)");
        assertEquals(ticks, String.join(" ", texts.stream().distinct().toList()));
    }

    @Test
    void aSingleDayHasABar() {
        String picture = days(day(1, "T1", -0.1, 0.1, 0.3), day(1, "T2", -0.2, 0.1, 0.3));
        assertEquals(2, count(picture, "<line class=\"bar arm[12]\""));
        assertEquals(
                2,
                all(picture, "<line class=\"bar [^>]*x1=\"[^\"]*\"").stream()
                        .map(bar -> bar.replaceAll(".*x1", "x1"))
                        .distinct()
                        .count());
        assertEquals(1, count(picture, "2026-01-01"));
    }

    @Test
    void unboundedDaysHaveNoBarsAndNoInvalidNumbers() {
        String picture = days(
                day(1, "T1", -INFINITE, Double.NaN, INFINITE),
                day(2, "T1", -INFINITE, 0.2, INFINITE),
                day(3, "T1", -0.1, 0.1, 0.3),
                day(4, "T1", -0.1, 0.1, 0.3));
        assertFalse(picture.contains("NaN") || picture.contains("Infinity"), picture);
        assertEquals(2, count(picture, "<line class=\"bar"));
        assertEquals(3, count(picture, "<circle"));
        assertEquals(4, parsePoints(picture, "band").length);
        assertEquals(3, parsePoints(picture, "curve").length);
    }

    private static String[] parsePoints(String picture, String shape) {
        return picture.replaceAll("(?s).*class=\"" + shape + "[^>]*points=\"([^\"]*)\".*", "$1")
                .strip()
                .split(" ");
    }

    @Test
    void estimatesWithoutBoundsAreOnTheAxis() {
        String picture = days(
                day(1, "T1", -INFINITE, -0.9, INFINITE),
                day(1, "T2", -INFINITE, 0.2, INFINITE),
                day(2, "T2", -INFINITE, Double.NaN, INFINITE));
        List<Double> heights =
                all(picture, "(?<=cy=\")[^\"]*").stream().map(Double::valueOf).toList();
        assertEquals(2, heights.size());
        heights.forEach(y -> assertTrue(y > 12 && y < 190, picture));
    }
}
