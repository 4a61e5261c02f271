package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.analysis.Effect;
import dev.segue.analysis.IntervalMethod;
import dev.segue.event.EventLogs;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.WholeLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares all printed digits of the original table with a second computation from the log, with exact sums and the formulas of the
 * original script (sums for each listener, Welch's test, control's mean taken as exact).
 */
class OriginalTableTest {

    private static final Path REAL = Path.of("../shared/data/botify-logs-2025");

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final ReportOptions SEED =
            new ReportOptions("mean_time_per_session", IntervalMethod.SEED, 0.05, Map.of());

    private static final Map<String, Function<Totals, Double>> METRICS = Map.of(
            "time", totals -> totals.time.doubleValue(),
            "sessions", totals -> (double) totals.sessions,
            "mean_request_latency", totals -> totals.latency.movePointRight(3).doubleValue() / totals.requests,
            "mean_tracks_per_session", totals -> (double) totals.requests / totals.sessions,
            "mean_time_per_session", totals -> totals.time.doubleValue() / totals.sessions);

    @TempDir
    Path folder;

    private static final class Totals {
        private String arm = "";
        private BigDecimal time = BigDecimal.ZERO;
        private BigDecimal latency = BigDecimal.ZERO;
        private int sessions;
        private int requests;
    }

    /** Python logs latencies as differences of times, with digits far below the nanosecond. */
    @Test
    void tableOfASyntheticBotifyLogHasTheDigitsOfExactSums() throws IOException {
        var random = new SplittableRandom(1);
        var log = new StringBuilder();
        for (int listener = 0; listener < 200; listener++) {
            int events = 10 + random.nextInt(20);
            for (int event = 1; event <= events; event++) {
                log.append(String.format(
                        Locale.ROOT,
                        "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":1,\"time\":%s,\"latency\":%s,"
                                + "\"experiments\":{\"E\":\"%s\"}}%n",
                        event == events || (event == 5 && listener % 3 == 0) ? "last" : "next",
                        1_746_994_263_928L + 1000L * event,
                        listener,
                        Math.round(100 * random.nextDouble()) / 100.0,
                        random.nextDouble(0.0002, 0.004),
                        listener % 2 == 0 ? "C" : "T1"));
            }
        }
        assertTable(List.of(Files.writeString(folder.resolve("data.json"), log)));
    }

    @Test
    void tableOfTheRealLogsHasTheDigitsOfExactSums() throws IOException {
        assumeTrue(Files.isDirectory(REAL), "no " + REAL);
        try (Stream<Path> files = Files.list(REAL)) {
            assertTable(files.sorted().toList());
        }
    }

    private static void assertTable(List<Path> files) throws IOException {
        Map<Long, Totals> listeners = new HashMap<>();
        for (Path file : files) {
            for (JsonNode event : lines(file)) {
                Totals totals = listeners.computeIfAbsent(event.get("user").asLong(), user -> new Totals());
                totals.arm = event.get("experiments")
                        .propertyStream()
                        .findFirst()
                        .orElseThrow()
                        .getValue()
                        .asString();
                totals.time = totals.time.add(event.get("time").decimalValue());
                totals.latency = totals.latency.add(event.get("latency").decimalValue());
                totals.sessions += event.get("message").asString().equals("last") ? 1 : 0;
                totals.requests++;
            }
        }
        EventLogs logs = EventLogs.find(files.stream().map(Path::toString).toList());
        Report report =
                ReportComputation.of(new WholeLog(ReadingOptions.DEFAULT, bytes -> {}).experiment(logs, null), SEED);
        int compared = 0;
        for (Effect effect : report.effects().effects()) {
            Function<Totals, Double> metric = METRICS.get(effect.metric().name());
            if (metric != null) {
                assertEquals(
                        row(values(listeners, "C", metric), values(listeners, "T1", metric)),
                        row(effect),
                        effect.metric().name());
                compared++;
            }
        }
        assertEquals(METRICS.size(), compared);
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (var in = Files.newInputStream(file);
                var lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> events.add(EXACT.readTree(line)));
        }
        assertTrue(events.size() > 0, file.toString());
        return events;
    }

    private static double[] values(Map<Long, Totals> listeners, String arm, Function<Totals, Double> metric) {
        return listeners.values().stream()
                .filter(totals -> totals.arm.equals(arm))
                .mapToDouble(metric::apply)
                .toArray();
    }

    private static String row(double[] control, double[] treatment) {
        double c = mean(control);
        double t = mean(treatment);
        double u = squaredError(control, c);
        double v = squaredError(treatment, t);
        double degrees = (u + v) * (u + v) / (u * u / (control.length - 1) + v * v / (treatment.length - 1));
        TDistribution distribution = TDistribution.of(degrees);
        double reach = distribution.inverseSurvivalProbability(0.025) * Math.sqrt(u + v);
        boolean significant = 2 * distribution.survivalProbability(Math.abs(t - c) / Math.sqrt(u + v)) < 0.05;
        return row((t - c) / c, (t - c + reach) / c, (t - c - reach) / c, c, t, significant);
    }

    private static String row(Effect effect) {
        return row(
                effect.relative(),
                effect.upper(),
                effect.lower(),
                effect.controlMean(),
                effect.treatmentMean(),
                effect.significant());
    }

    /** The original table prints effects and bounds in percent, and six decimals as pandas does. */
    private static String row(
            double effect, double upper, double lower, double control, double treatment, boolean significant) {
        return String.format(
                Locale.ROOT,
                "%+.6f%% %+.6f%% %+.6f%% %.6f %.6f %s",
                100 * effect,
                100 * upper,
                100 * lower,
                control,
                treatment,
                significant);
    }

    private static double mean(double[] values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double value : values) {
            sum = sum.add(new BigDecimal(value));
        }
        return sum.divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128)
                .doubleValue();
    }

    private static double squaredError(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1) / values.length;
    }
}
