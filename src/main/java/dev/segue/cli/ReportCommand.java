package dev.segue.cli;

import dev.segue.analysis.IntervalMethod;
import dev.segue.analysis.SelfTest;
import dev.segue.event.SessionReader;
import dev.segue.experiment.Experiment;
import dev.segue.report.ExperimentData;
import dev.segue.report.LogReading;
import dev.segue.report.Report;
import dev.segue.report.ReportFormat;
import dev.segue.report.ReportOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue report}: from the event log to effects. */
@Command(
        name = "report",
        description = "Say from event logs what an experiment's treatments did to their listeners.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "Per listener, over sessions that ended: time and sessions are sums; mean_tracks_per_session and",
            "mean_time_per_session are sums divided by sessions; mean_request_latency is in ms. The test is Welch's, of",
            "listeners; p_adjusted is corrected by Holm for the primary metric and by Benjamini-Hochberg for the others.",
            "Effects and their bounds are relative to control's mean. A broken split (p < 0.001) withholds all effects."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private LogOption log;

    @Option(names = "--experiment", paramLabel = "NAME", description = "Which one, if the log has several.")
    private @Nullable String experiment;

    @Option(
            names = "--primary",
            paramLabel = "METRIC",
            defaultValue = "mean_time_per_session",
            description = "The metric that decides.")
    private String primary;

    @Option(
            names = "--interval",
            defaultValue = "FIELLER",
            description =
                    "Of relative effects: ${COMPLETION-CANDIDATES}. SEED is the original table's, which takes control's "
                            + "mean for exact.")
    private IntervalMethod interval;

    @Option(names = "--alpha", paramLabel = "P", defaultValue = "0.05", description = "How often intervals may miss.")
    private double alpha;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "W",
            description = "The arms' configured weights, control first. Default: equal.")
    private @Nullable List<Double> weights;

    @Option(
            names = "--aa",
            paramLabel = "N",
            description =
                    "Instead of effects, a self-test: split the log's listeners anew N times by other salts, and see whether "
                            + "p-values are uniform. The exit code is 1 if not.")
    private @Nullable Integer selfTests;

    @Option(names = "--format", defaultValue = "TEXT", description = "${COMPLETION-CANDIDATES}")
    private ReportFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ExperimentData data = read();
        var options = new ReportOptions(primary, interval, alpha, weights);
        if (selfTests != null) {
            return selfTest(data, options, selfTests);
        }
        String report = format.write(Report.of(data, options));
        spec.commandLine().getOut().print(report);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private int selfTest(ExperimentData data, ReportOptions options, int runs) {
        Map<String, Experiment> bySalt = new HashMap<>();
        SelfTest test = Report.selfTest(
                data,
                options,
                (salt, listener) -> {
                    Experiment halves =
                            bySalt.computeIfAbsent(salt, key -> AssignmentsCommand.experiment(key, List.of(1, 1)));
                    return halves.treatments().indexOf(halves.assign(listener));
                },
                runs);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s, %,d splits of the same listeners: %.2f%% significant at %.2f%% [%.2f, %.2f]; p-values uniform with "
                                + "p = %.3f (Kolmogorov-Smirnov); %s%n",
                        primary,
                        runs,
                        100 * test.falsePositiveRate(),
                        100 * alpha,
                        100 * test.falsePositiveInterval().lower(),
                        100 * test.falsePositiveInterval().upper(),
                        test.uniformity(),
                        test.isPassed() ? "passed" : "failed");
        spec.commandLine().getOut().flush();
        return test.isPassed() ? 0 : 1;
    }

    private ExperimentData read() {
        LogReading reading = log.read(
                "read",
                (events, progress) ->
                        new LogReading(new SessionReader(events), () -> progress.accept(events.bytesRead())));
        ExperimentData data = reading.experiment(experiment);
        tell(reading.counts(), data);
        return data;
    }

    private void tell(SessionReader.Counts counts, ExperimentData data) {
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%,d events, %,d sessions; left out: %,d unfinished sessions, %,d stray events, %,d torn lines, %,d "
                                + "listeners in two arms, %,d forced ones; %,d tracks that were not the recommended ones, %,d "
                                + "events back in time%n",
                        counts.events(),
                        counts.closed(),
                        counts.unfinished(),
                        counts.stray(),
                        counts.tornLines(),
                        data.switched(),
                        data.forced(),
                        counts.unexpected(),
                        counts.backwards());
        spec.commandLine().getErr().flush();
    }
}
