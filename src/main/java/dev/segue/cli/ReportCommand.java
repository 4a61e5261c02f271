package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.analysis.IntervalMethod;
import dev.segue.analysis.SelfTest;
import dev.segue.experiment.Experiment;
import dev.segue.file.OutputFile;
import dev.segue.report.Report;
import dev.segue.report.ReportComputation;
import dev.segue.report.ReportOptions;
import dev.segue.report.SplitSelfTest;
import dev.segue.report.reading.ExperimentData;
import dev.segue.report.reading.ReadingOptions;
import dev.segue.report.rendering.ReportFormat;
import dev.segue.report.rendering.ReportSentences;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue report}: computes effects from event logs. */
@Command(
        name = "report",
        description = "Report the effects of an experiment's treatments from event logs.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "Metrics cover sessions that ended. A sum is 0 for a listener without such a session. A name with mean_ is the mean of "
                    + "the listeners' own ratios, the same name without mean_ the ratio of the sums over all listeners. Names with "
                    + "recommended_ leave out the first track of each session, which the listener chose. Latencies are in ms. A "
                    + "recommended track is skipped if less than a quarter of it is played.",
            "",
            "The units of the tests (Welch's) are listeners. p_adjusted is corrected by Holm for the primary metric and by "
                    + "Benjamini-Hochberg for the others. Effects and their bounds are relative to control's mean. A broken split "
                    + "(p < 0.001) withholds all effects, and the exit code is 1."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {

    /** The names of the metrics, for the help. */
    private static final class MetricNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ReportOptions.metricNames().iterator();
        }
    }

    @Mixin
    private ExperimentLogOptions experiment;

    @Option(
            names = "--primary",
            paramLabel = "METRIC",
            defaultValue = "mean_time_per_session",
            completionCandidates = MetricNames.class,
            description = "The primary metric: ${COMPLETION-CANDIDATES}.")
    private String primary;

    @Option(
            names = "--interval",
            defaultValue = "FIELLER",
            description =
                    "For relative effects: ${COMPLETION-CANDIDATES}. SEED is the original table's, which takes control's "
                            + "mean as exact.")
    private IntervalMethod interval;

    @Option(names = "--alpha", paramLabel = "P", defaultValue = "0.05", description = "The significance level.")
    private double alpha;

    @Option(
            names = "--control",
            paramLabel = "ARM",
            description =
                    "The arm to compare the others with. Default: C, or else the first, shorter names before longer ones.")
    private @Nullable String control;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "ARM=W",
            description = "All arms' configured weights, such as C=1,T1=1. Default: equal, of the arms in the log.")
    private Map<String, Double> weights = Map.of();

    @Option(
            names = "--aa",
            paramLabel = "N",
            description =
                    "Instead of effects, a self-test: split the log's listeners N times by other salts, and test whether "
                            + "p-values are uniform. The exit code is 1 if not.")
    private @Nullable Integer selfTests;

    @Option(
            names = "--guardrail",
            split = ",",
            paramLabel = "METRIC=PERCENT",
            description = "Metrics that may get worse by so many percent at most, such as mean_request_latency=10.")
    private Map<String, Double> guardrails = Map.of();

    @Option(
            names = "--planned-listeners",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "For effects over days: at how many listeners the always-valid interval is tightest. Choose it "
                            + "before the data are seen.")
    private long plannedListeners;

    @Option(
            names = "--cap",
            paramLabel = "PERCENT",
            converter = PowerCommand.Percent.class,
            description =
                    "Adds effects in which no listener's sums count more than this percentile of all arms' listeners,"
                            + " such as 99.9%%.")
    private @Nullable Double cap;

    @Option(names = "--format", defaultValue = "TEXT", description = "${COMPLETION-CANDIDATES}")
    private ReportFormat format;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the report. Default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--colour",
            description = "In TEXT: ${COMPLETION-CANDIDATES}. AUTO is for terminals, unless NO_COLOR is set.",
            defaultValue = "AUTO")
    private Colour colour;

    /** Whether text is coloured. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (selfTests != null && (out != null || format != ReportFormat.TEXT)) {
            throw new ParameterException(spec.commandLine(), "--aa prints one line: leave out --format and --out");
        }
        if (selfTests != null && selfTests < 1) {
            throw new ParameterException(spec.commandLine(), "--aa " + selfTests + ": give 1 or more splits");
        }
        Map<String, Double> margins = new HashMap<>();
        guardrails.forEach((metric, percent) -> margins.put(metric, percent / 100));
        var options = new ReportOptions(primary, interval, alpha, control, weights, margins, plannedListeners, cap);
        ReadingOptions reading = experiment.reading();
        options.check(reading.facts());
        ExperimentData data = experiment.read(reading, spec.commandLine().getErr());
        return selfTests == null ? write(ReportComputation.of(data, options)) : selfTest(data, options, selfTests);
    }

    private int write(Report report) {
        String text = format.write(report, isColoured());
        if (format == ReportFormat.CSV) { // without columns for sentences
            new ReportSentences(report)
                    .verdicts()
                    .forEach(verdict -> spec.commandLine().getErr().println(verdict));
            new ReportSentences(report)
                    .notes()
                    .forEach(note -> spec.commandLine().getErr().println("Note: " + note));
            spec.commandLine().getErr().flush();
        }
        if (out != null) {
            OutputFile.write(out, stream -> stream.write(text.getBytes(UTF_8)));
        } else {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
        return report.effects().withheld() == null ? 0 : 1;
    }

    private boolean isColoured() {
        return switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> out == null && Terminal.STANDARD_OUTPUT.isInteractive() && System.getenv("NO_COLOR") == null;
        };
    }

    private int selfTest(ExperimentData data, ReportOptions options, int runs) {
        Map<String, Experiment> bySalt = new HashMap<>();
        SelfTest test = SplitSelfTest.run(
                data,
                options,
                (salt, listener) -> {
                    Experiment halves = bySalt.computeIfAbsent(salt, key -> Experiment.ofWeights(key, List.of(1, 1)));
                    return halves.arms().indexOf(halves.assign(listener));
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
}
