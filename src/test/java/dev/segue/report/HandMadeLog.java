package dev.segue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.segue.analysis.Effect;
import dev.segue.analysis.IntervalMethod;
import dev.segue.event.EventLogs;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.reading.WholeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A log of experiment E that a test writes session by session. */
public abstract class HandMadeLog {

    protected static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z

    protected static final long HOUR = 3_600_000;

    @TempDir
    protected Path folder;

    protected final StringBuilder log = new StringBuilder();

    /** Adds a session of tracks 0, 1, 2, … with these shares; recommendations after the first come from a fallback. */
    protected void session(int listener, String arm, long start, double... times) {
        session(listener, arm, start, true, times);
    }

    /** Adds such a session without a {@code last} event. */
    protected void sessionWithoutLast(int listener, String arm, long start, double... times) {
        session(listener, arm, start, false, times);
    }

    private void session(int listener, String arm, long start, boolean closed, double... times) {
        for (int i = 0; i < times.length; i++) {
            boolean last = closed && i == times.length - 1;
            log.append(String.format(
                    Locale.ROOT,
                    "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":%s,\"latency\":0.00%d%s,\"experiments\":{%s},\"session\":%d,\"seq\":%d}%n",
                    last ? "last" : "next",
                    start + i,
                    listener,
                    i,
                    times[i],
                    1 + i,
                    last
                            ? ""
                            : ",\"recommendation\":" + (i + 1) + ",\"recommender\":\"r\",\"fallback\":"
                                    + (i == 0 ? 0 : 1),
                    arm.isEmpty() ? "" : "\"E\":\"" + arm + "\"",
                    start,
                    i + 1));
        }
    }

    protected ExperimentData read(ReadingOptions options) throws IOException {
        return read(Files.writeString(folder.resolve("log.json"), log), options);
    }

    protected static ExperimentData read(Path file, ReadingOptions options) {
        return new WholeLog(options, bytes -> {}).experiment(EventLogs.find(List.of(file.toString())), null);
    }

    protected Report report(ReportOptions options) throws IOException {
        return ReportComputation.of(read(ReadingOptions.DEFAULT), options);
    }

    protected static Effect effect(Report report, String metric) {
        return report.effects().effects().stream()
                .filter(effect -> effect.metric().name().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    protected static void assertMeans(Report report, String metric, double control, double treatment) {
        assertEquals(control, effect(report, metric).controlMean(), 1e-12, metric);
        assertEquals(treatment, effect(report, metric).treatmentMean(), 1e-12, metric);
    }

    protected void twoByTwo() {
        session(1, "C", START, 1, 0.5, 0.1);
        session(1, "C", START + HOUR, 1, 0);
        session(2, "C", START, 1, 0.25);
        session(3, "T1", START, 1, 1, 0.2);
        session(4, "T1", START, 1, 0.9);
    }

    protected static ReportOptions options(String primary, Map<String, Double> guardrails) {
        return new ReportOptions(primary, IntervalMethod.FIELLER, 0.05, null, Map.of(), guardrails, 100);
    }

    /** Adds 60 listeners whose time depends on their taste; half of them have a session before the experiment. */
    protected void crowd(double lift) {
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
        session(0, "C", START + 100 * HOUR, 1, 0, 0.1); // a second session, so that the log lasts until then
    }
}
