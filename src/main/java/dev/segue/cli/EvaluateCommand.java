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

/** {@code segue evaluate}: offline evaluation of recommenders on datasets, and off-policy evaluation of policies on logs. */
@Command(
        name = "evaluate",
        description =
                "Measure how well a recommender predicts the next items of recorded sessions (--dataset), or estimate the "
                        + "value of policies from logged propensities (--log, --open-bandit).",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "With --dataset, rows are SessionId, ItemId, Time (seconds), separated by tabs, commas or semicolons, in any order, with or",
            "without a header; files are plain or compressed by gzip or zstd. After each item of a test session, the",
            "recommender predicts the following items. HitRate and MRR score the next item; NDCG, precision and recall score",
            "all remaining items of the session. The intervals are 95%% confidence intervals with sessions as units.",
            "",
            "  segue evaluate --dataset sessions --recommender session-knn",
            "  segue evaluate --dataset sessions --recommender session-knn --search 50 --seed 1 --out trials.jsonl",
            "",
            "With --log, the probability of each logged recommendation under each policy is computed. Two values are",
            "estimated: the mean share played of the next track (IPS, SNIPS, DM, DR, Switch-DR, DRos), and the sum of the",
            "shares played of a session's first tracks (per-decision IPS and DR). The model of DM and DR is each track's",
            "mean, shrunk to the mean at its position in the session, learned from other listeners. Listeners are the units",
            "of the intervals. An estimate is refused, with the reason, if its effective sample size is below 100 or the log",
            "has no support for the policy. The exit code is 1 if a policy has no estimate by propensities.",
            "",
            "  segue evaluate --log data/log.jsonl.gz --arm top-pop:1000 --policy top-pop --config data/original.json",
            "  segue evaluate --open-bandit obd/random/all --policy bts.csv"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {

    /** The options that need {@code --dataset}. */
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
                    "A folder with the files train, test and optionally valid (.txt, .csv or .tsv). Or a folder of "
                            + "other files, or one file, which are split by time.")
    private @Nullable Path dataset;

    @Option(
            names = "--split",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description =
                    "Without files train and test: the share of the newest sessions for testing, and of the newest "
                            + "remaining ones for validation; default: ${DEFAULT-VALUE}.")
    private double split;

    @Option(names = "--recommender", paramLabel = "NAME", description = "session-knn, co-occurrence or popularity.")
    private @Nullable String recommender;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the recommender, such as k=100; a search does not change it.")
    private Map<String, Double> fixedParameters = new LinkedHashMap<>();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of items in a prediction; default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--current-allowed",
            description = "Allow predictions of the item that was played last; by default they are left out, as in the "
                    + "evaluation of Serenade.")
    private boolean currentAllowed;

    @Option(
            names = "--index-sessions",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Number of sessions in an index, the newest ones; default: ${DEFAULT-VALUE}.")
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
            description = "Seed of the search, or of the bootstrap; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            defaultValue = "MEAN",
            description =
                    "Metric that the search maximizes: ${COMPLETION-CANDIDATES}, in either case; MEAN is that of MRR, "
                            + "NDCG and HIT_RATE; default: ${DEFAULT-VALUE}.")
    private Objective objective;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The search's trials as JSON lines. A search that was interrupted resumes from the file.")
    private @Nullable Path out;

    @Mixin
    private TextOrJsonOption format;

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
        table.print(format.value(), spec.commandLine().getOut());
        return table.lacksEstimates() ? 1 : 0;
    }

    private int evaluateOffline(Path data) {
        RecommenderKind kind = checkDatasetOptions();
        var options = new EvaluationOptions(count, currentAllowed);
        Dataset sessions = Dataset.read(data, split);
        LearnedModel learned = kind.learn(sessions.train());
        RandomSearch.@Nullable Best best = trials == null ? null : search(kind, options, sessions, learned, trials);
        Values values = best == null ? Values.of(kind, fixedParameters) : best.values();
        EvaluationResult result =
                new NextItemEvaluation(sessions.train(), options).evaluate(learned.with(values), sessions.test());
        learned.warnings().forEach(spec.commandLine().getErr()::println);
        var table = new EvaluationTable(kind.name(), sessions, options, values, best, objective, result);
        if (format.value() == OutputFormat.JSON) {
            TableWriter.printJson(table.figures(), spec.commandLine().getOut());
        } else {
            table.print(spec.commandLine().getOut());
        }
        return 0;
    }

    /** Refuses invalid combinations of options before any file is read. */
    private void checkMode() {
        boolean offline = dataset != null;
        boolean ofLogs = offPolicy.hasLogs();
        if ((offline ? 1 : 0) + (ofLogs ? 1 : 0) + (offPolicy.openBandit == null ? 0 : 1) != 1) {
            throw wrong(
                    "give exactly one of --dataset (offline evaluation), --log and --open-bandit (off-policy evaluation)");
        }
        var unused = format.value();
        Options.refuse(!offline, OF_DATASETS, "needs --dataset", spec);
        Options.refuse(offline, List.of("--policy"), "needs --log or --open-bandit", spec);
        Options.refuse(!ofLogs, OffPolicyOption.OF_LOGS, "needs --log", spec);
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

    /** Checks the options of {@code --dataset} before any file is read; returns the kind of recommender. */
    private RecommenderKind checkDatasetOptions() {
        if ((trials == null) != (out == null)) {
            throw wrong("--search needs --out FILE for its trials, and --out needs --search");
        }
        try {
            RecommenderKind kind =
                    RecommenderKinds.byName(RecommenderKinds.all(indexSessions), Objects.requireNonNull(recommender));
            Values.of(kind, fixedParameters);
            return kind;
        } catch (EvaluationException | IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return Options.error(spec, message);
    }

    private RandomSearch.Best search(
            RecommenderKind kind, EvaluationOptions options, Dataset data, LearnedModel learned, int count) {
        Path file = Objects.requireNonNull(out);
        try (var progress = new Progress("search", count, " trials")) {
            return new RandomSearch(kind, fixedParameters, options, objective, seed)
                    .search(learned, data, count, file, progress::accept);
        }
    }
}
