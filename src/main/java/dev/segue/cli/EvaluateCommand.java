package dev.segue.cli;

import dev.segue.evaluation.Dataset;
import dev.segue.evaluation.EvaluationException;
import dev.segue.evaluation.EvaluationOptions;
import dev.segue.evaluation.EvaluationResult;
import dev.segue.evaluation.NextItemEvaluation;
import dev.segue.evaluation.Objective;
import dev.segue.evaluation.RandomSearch;
import dev.segue.evaluation.RecommenderKind;
import dev.segue.evaluation.RecommenderKind.Learned;
import dev.segue.evaluation.RecommenderKinds;
import dev.segue.evaluation.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue evaluate}: how well a recommender predicts recorded sessions. */
@Command(
        name = "evaluate",
        description = "Measure how well a recommender predicts the next items of recorded sessions.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Rows are SessionId, ItemId, Time (seconds), separated by tabs, commas or semicolons, in any order, with or",
            "without a header; files are plain or compressed by gzip or zstd. After each item of a test session the",
            "recommender predicts the following ones. HitRate and MRR look for the next item, NDCG, precision and recall",
            "for all that are left. The intervals are 95%% confidence intervals with sessions as units.",
            "",
            "  segue evaluate --dataset sessions --recommender session-knn",
            "  segue evaluate --dataset sessions --recommender session-knn --search 50 --seed 1 --out trials.jsonl"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "PATH",
            description =
                    "A folder with the files train, test and perhaps valid (.txt, .csv or .tsv). Else a folder of "
                            + "files, or one file, which is split by time.")
    private Path dataset;

    @Option(
            names = "--split",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description =
                    "Without files train and test: the share of the newest sessions that are test sessions, and of "
                            + "those before them that are validation sessions; default: ${DEFAULT-VALUE}.")
    private double split;

    @Option(
            names = "--recommender",
            required = true,
            paramLabel = "NAME",
            description = "session-knn, co-occurrence or popularity.")
    private String recommender;

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

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the search; default: ${DEFAULT-VALUE}.")
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
        RecommenderKind kind = check();
        var options = new EvaluationOptions(count, currentAllowed);
        Dataset data = Dataset.read(dataset, split);
        Learned learned = kind.learn(data.train());
        RandomSearch.@Nullable Best best = trials == null ? null : search(kind, options, data, learned, trials);
        Values values = best == null ? Values.of(kind, given) : best.values();
        EvaluationResult result =
                new NextItemEvaluation(data.train(), options).evaluate(learned.with(values), data.test());
        learned.warnings().forEach(spec.commandLine().getErr()::println);
        var table = new EvaluationTable(kind.name(), data, options, values, best, objective, result);
        if (format == OutputFormat.JSON) {
            Figures.printJson(table.figures(), spec.commandLine().getOut());
        } else {
            table.print(spec.commandLine().getOut());
        }
        return 0;
    }

    /** Finds what is wrong with the arguments before any file is read. */
    private RecommenderKind check() {
        if (format == OutputFormat.CSV) {
            throw wrong("--format is TEXT or JSON");
        }
        if ((trials == null) != (out == null)) {
            throw wrong("--search needs --out FILE for its trials, and --out needs --search");
        }
        try {
            RecommenderKind kind = RecommenderKinds.named(RecommenderKinds.all(indexSessions), recommender);
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
            RecommenderKind kind, EvaluationOptions options, Dataset data, Learned learned, int count) {
        Path file = Objects.requireNonNull(out);
        try (var progress = new Progress("search", count, " trials")) {
            return new RandomSearch(kind, given, options, objective, seed)
                    .search(learned, data, count, file, progress::accept);
        }
    }
}
