package dev.segue.cli;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.health.HealthFigures;
import dev.segue.health.HealthReport;
import dev.segue.health.HealthText;
import dev.segue.health.LiftEvaluation;
import dev.segue.health.Lifts;
import dev.segue.health.LogFacts;
import dev.segue.service.ServingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue health}: what one's own data are like, and which recommender they speak for. */
@Command(
        name = "health",
        description =
                "Report what a log and its catalogs are like, and which recommender of the configuration to serve.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Repeats, coverage, tracks without neighbours and popularity drift are counted in the whole log. The lift needs the",
            "propensities of Segue's logs: each recommender is evaluated as if it drew uniformly from its 10, 20 or 50 best tracks",
            "(and as configured, if it draws by itself), by the neighbours of the first or the previous track, with and without",
            "session rules. Of its variants, the one with the largest lower bound of the lift is reported. The estimator is SNIPS,",
            "on the recommendations of the recommender in the log that supports most recommenders of the configuration.",
            "",
            "  segue health --log data/log.jsonl.gz --config config.json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HealthCommand implements Callable<Integer> {

    @Mixin
    private LogOption log;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config.json",
            description = "The configuration that names the catalogs and the recommenders; default: ${DEFAULT-VALUE}.")
    private Path config;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "25000",
            description = "How many of the newest sessions the lift is estimated by; default: ${DEFAULT-VALUE}.")
    private int sessions;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of resampling listeners and of random halves; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private TextOrJsonOption format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFormat printed = format.value();
        if (sessions < 1) {
            throw new ParameterException(spec.commandLine(), "--sessions must be 1 or more");
        }
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration));
        EventLogs files = log.find();
        LogFacts facts = log.read("read", (events, progress) -> {
            var reader = new SessionReader(events, sessionTimeout.rule());
            return LogFacts.read(reader, configuration, catalog, sessions, seed);
        });
        var evaluation = new LiftEvaluation(configuration, catalog, facts.newest(), new HashSet<>(files.files()), seed);
        Lifts lifts;
        try (var progress = new Progress("lift", evaluation.maxEvaluations(), " evaluations")) {
            lifts = evaluation.evaluate(progress);
        }
        print(new HealthReport(facts, lifts), printed);
        return 0;
    }

    private void print(HealthReport report, OutputFormat printed) {
        PrintWriter out = spec.commandLine().getOut();
        if (printed == OutputFormat.JSON) {
            TableWriter.printJson(HealthFigures.of(report), out);
        } else {
            HealthText.of(report).forEach(out::println);
        }
        out.flush();
    }
}
