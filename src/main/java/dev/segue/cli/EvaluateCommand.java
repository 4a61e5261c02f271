package dev.segue.cli;

import dev.segue.evaluation.Dataset;
import dev.segue.evaluation.EvaluationException;
import dev.segue.evaluation.EvaluationOptions;
import dev.segue.evaluation.EvaluationResult;
import dev.segue.evaluation.NextItemEvaluation;
import dev.segue.evaluation.Objective;
import dev.segue.evaluation.RandomSearch;
import dev.segue.evaluation.RecommenderKind;
import dev.segue.evaluation.RecommenderKind.LearnedModel;
import dev.segue.evaluation.RecommenderKinds;
import dev.segue.evaluation.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue evaluate}: how well a recommender predicts recorded sessions, and what policies would be worth by a log. */
@Command(
        name = "evaluate",
        description =
                "Measure how well a recommender predicts the next items of recorded sessions (--dataset), or estimate from "
                        + "logged propensities what policies would be worth to listeners (--log, --open-bandit).",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "With --dataset, rows are SessionId, ItemId, Time (seconds), separated by tabs, commas or semicolons, in any order, with or",
            "without a header; files are plain or compressed by gzip or zstd. After each item of a test session the",
            "recommender predicts the following ones. HitRate and MRR look for the next item, NDCG, precision and recall",
            "for all that are left. The intervals are 95%% confidence intervals with sessions as units.",
            "",
            "  segue evaluate --dataset sessions --recommender session-knn",
            "  segue evaluate --dataset sessions --recommender session-knn --search 50 --seed 1 --out trials.jsonl",
            "",
            "With --log, each policy is asked at each moment of the log how likely it would have chosen what was recommended.",
            "Two things are estimated: the mean share played of the next track (IPS, SNIPS, DM, DR, Switch-DR, DRos), and the",
            "sum of the shares played of a session's first tracks (per-decision IPS and DR). The model of DM and DR is each",
            "track's mean, shrunk to the mean at its position in the session, learned from other listeners. Listeners are the",
            "units of the intervals. An estimate is refused, with the reason, if its effective sample size is below 100 or the",
            "log has no support for the policy. The exit code is 1 if a policy has no estimate by propensities.",
            "",
            "  segue evaluate --log data/log.jsonl.gz --arm top-pop:1000 --policy top-pop --config data/original.json",
            "  segue evaluate --open-bandit obd/random/all --policy bts.csv"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {

    private static final List<String> OF_DATASETS = List.of(
            "--split",
            "--recommender",
            "--set",
            "--count",
            "--current-allowed",
            "--index-sessions",
            "--search",
            "--objective",
            "--out");

    @Option(
            names = "--dataset",
            paramLabel = "PATH",
            description =
                    "A folder with the files train, test and perhaps valid (.txt, .csv or .tsv). Else a folder of "
                            + "files, or one file, which is split by time.")
    private @Nullable Path dataset;

    @Option(
            names = "--split",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description =
                    "Without files train and test: the share of the newest sessions that are test sessions, and of "
                            + "those before them that are validation sessions; default: ${DEFAULT-VALUE}.")
    private double split;

    @Option(names = "--recommender", paramLabel = "NAME", description = "session-knn, co-occurrence or popularity.")
    private @Nullable String recommender;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the recommender, such as k=100; a search leaves it at this value.")
    private Map<String, Double> given = new LinkedHashMap<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many items are predicted; default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--current-allowed",
            description =
                    "Allow the item that was played last to be predicted; by default it is left out, as published "
                            + "for Serenade.")
    private boolean currentAllowed;

    @Option(
            names = "--index-sessions",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many sessions an index holds, the newest ones; default: ${DEFAULT-VALUE}.")
    private int indexSessions;

    @Option(
            names = "--search",
            paramLabel = "N",
            description = "Try N sets of parameters on the validation sessions, and measure the best one on the test "
                    + "sessions.")
    private @Nullable Integer trials;

    @Mixin
    private OffPolicyOption offPolicy;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the search, or of resampling listeners; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            defaultValue = "MEAN",
            description = "What the search makes large: ${COMPLETION-CANDIDATES}, in either case; MEAN is that of MRR, "
                    + "NDCG and HIT_RATE; default: ${DEFAULT-VALUE}.")
    private Objective objective;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The search's trials as JSON lines. A search that was stopped goes on from the file.")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "TEXT or JSON, in either case; default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkMode();
        if (dataset != null) {
            return evaluateOffline(dataset);
        }
        Path openBandit = offPolicy.openBandit;
        var run = new OffPolicyRun(offPolicy, seed, spec.commandLine());
        OffPolicyTable table = openBandit == null ? run.ofLogs() : run.ofOpenBandit(openBandit);
        table.print(format, spec.commandLine().getOut());
        return table.lacksEstimates() ? 1 : 0;
    }

    private int evaluateOffline(Path data) {
        RecommenderKind kind = check();
        var options = new EvaluationOptions(count, currentAllowed);
        Dataset sessions = Dataset.read(data, split);
        LearnedModel learned = kind.learn(sessions.train());
        RandomSearch.@Nullable Best best = trials == null ? null : search(kind, options, sessions, learned, trials);
        Values values = best == null ? Values.of(kind, given) : best.values();
        EvaluationResult result =
                new NextItemEvaluation(sessions.train(), options).evaluate(learned.with(values), sessions.test());
        learned.warnings().forEach(spec.commandLine().getErr()::println);
        var table = new EvaluationTable(kind.name(), sessions, options, values, best, objective, result);
        if (format == OutputFormat.JSON) {
            TableWriter.printJson(table.figures(), spec.commandLine().getOut());
        } else {
            table.print(spec.commandLine().getOut());
        }
        return 0;
    }

    /** Refuses what does not belong together, before any file is read. */
    private void checkMode() {
        boolean offline = dataset != null;
        boolean ofLogs = offPolicy.hasLogs();
        if ((offline ? 1 : 0) + (ofLogs ? 1 : 0) + (offPolicy.openBandit == null ? 0 : 1) != 1) {
            throw wrong(
                    "give exactly one of --dataset (offline evaluation), --log and --open-bandit (off-policy evaluation)");
        }
        if (format == OutputFormat.CSV) {
            throw wrong("--format is TEXT or JSON");
        }
        refuseUnless(offline, OF_DATASETS, "needs --dataset");
        refuseUnless(!offline, List.of("--policy"), "needs --log or --open-bandit");
        refuseUnless(ofLogs, OffPolicyOption.OF_LOGS, "needs --log");
        if (offline && recommender == null) {
            throw wrong("--dataset needs --recommender NAME");
        }
        if (!offline && offPolicy.policies.isEmpty()) {
            throw wrong("--log and --open-bandit need --policy NAME, the policies to evaluate");
        }
        if (offPolicy.horizon < 1) {
            throw wrong("--horizon must be 1 or more");
        }
    }

    private void refuseUnless(boolean allowed, List<String> options, String why) {
        options.stream()
                .filter(option ->
                        !allowed && spec.commandLine().getParseResult().hasMatchedOption(option))
                .forEach(option -> {
                    throw wrong(option + " " + why);
                });
    }

    /** Finds what is wrong with the arguments before any file is read. */
    private RecommenderKind check() {
        if ((trials == null) != (out == null)) {
            throw wrong("--search needs --out FILE for its trials, and --out needs --search");
        }
        try {
            RecommenderKind kind =
                    RecommenderKinds.byName(RecommenderKinds.all(indexSessions), Objects.requireNonNull(recommender));
            Values.of(kind, given);
            return kind;
        } catch (EvaluationException | IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private RandomSearch.Best search(
            RecommenderKind kind, EvaluationOptions options, Dataset data, LearnedModel learned, int count) {
        Path file = Objects.requireNonNull(out);
        try (var progress = new Progress("search", count, " trials")) {
            return new RandomSearch(kind, given, options, objective, seed)
                    .search(learned, data, count, file, progress::accept);
        }
    }
}
