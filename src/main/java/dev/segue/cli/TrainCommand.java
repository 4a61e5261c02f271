package dev.segue.cli;

import dev.segue.catalog.Tracks;
import dev.segue.embedding.ModelType;
import dev.segue.event.SessionReader;
import dev.segue.posterior.FitSettings;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.training.History.Epoch;
import dev.segue.training.ModelDescription;
import dev.segue.training.ModelDescription.Metrics;
import dev.segue.training.ModelFolder;
import dev.segue.training.RowReader;
import dev.segue.training.SessionModelTraining;
import dev.segue.training.Training;
import dev.segue.training.TrainingRows;
import dev.segue.training.TrainingSettings;
import dev.segue.training.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue train}: from the event log to a model. */
@Command(
        name = "train",
        description = "Learn from event logs how long listeners play a track, and write the model.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "  contextual   time = Σ C[c]⊙T[t]                                 loss: mean squared error",
            "  new          time = sigmoid(Linear(U[u]⊙T[t]) + Σ C[c]⊙T[t])    loss: its root",
            "  session      time = sigmoid(w·[e[t], 1]) γ^k                    variational Bayes",
            "",
            "for a listener u whose session began with the track c (the context) and who played t. In the session model, w is",
            "the taste of a group of the listener's sessions, and k tracks of t's artist came before in the session.",
            "",
            "For contextual and new, sessions are split into 80%% to learn from, 10%% to tell when to stop and 10%% to tell how",
            "good the model is; for session, into 90%% and 10%%. Ctrl-C ends after the epoch (session: after the sweep), and so",
            "does a kill: the same command goes on from the last checkpoint, which is written after each epoch (session:",
            "after each of four stages).",
            "",
            "The exit code is 1 if the model is not better than always predicting the mean, by a paired 95%% interval whose",
            "units are listeners (sessions, in a test of fewer than ten). The model is kept and marked in model.json."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {

    private static final int DIMENSIONS = 100;
    private static final int SESSION_DIMENSIONS = 16;

    @Mixin
    private LogOption log;

    @Mixin
    private SessionTimeoutOption sessionTimeout;

    @Mixin
    private TracksOption catalog;

    /** The models of listened time that can be trained. */
    enum Kind {
        CONTEXTUAL,
        NEW,
        SESSION
    }

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "contextual, new or session, as below.")
    private Kind model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where checkpoints and the model go.")
    private Path out;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description =
                    "Length of an embedding. Default: " + DIMENSIONS + ", for session " + SESSION_DIMENSIONS + ".")
    private @Nullable Integer dimensions;

    @Mixin
    private GradientDescentOptions gradientDescent;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of split, start and order.")
    private long seed;

    @Option(names = "--restart", description = "Throw away what is in --out, and begin anew.")
    private boolean restart;

    @Option(
            names = "--accept",
            description = "Exit with 0 although the model is not better than always predicting the mean.")
    private boolean accept;

    @Option(names = "--format", defaultValue = "TEXT", description = "Of the figures: ${COMPLETION-CANDIDATES}.")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (model == Kind.SESSION) {
            return trainSessionModel();
        }
        TrainingSettings settings = gradientDescent.settings(
                ModelType.valueOf(model.name()), dimensions == null ? DIMENSIONS : dimensions, seed);
        Tracks tracks = catalog.load();
        TrainingRows rows = read(tracks.bound());
        if (restart) {
            ModelFolder.remove(out);
        }
        Optional<ModelFolder> result = train(rows, tracks, settings);
        if (result.isEmpty()) {
            tell("ended early; the same command goes on from the checkpoint in %s%n", out);
            return 1;
        }
        ModelDescription trained = result.get().description();
        Verdict verdict = Objects.requireNonNull(trained.verdict());
        print(trained, verdict, spec.commandLine().getOut());
        return exitCode(
                settings.type().json(),
                verdict,
                "The model is marked so, and segue neighbours and segue listener-lists refuse it without --accept.");
    }

    private int trainSessionModel() {
        gradientDescent.refuseAny();
        if (restart) {
            ModelFolder.remove(out);
        }
        var training = new SessionModelRun(log, sessionTimeout, catalog.load(), out, spec.commandLine());
        Optional<SessionModelTraining.Summary> result =
                training.run(FitSettings.of(dimensions == null ? SESSION_DIMENSIONS : dimensions, seed));
        if (result.isEmpty()) {
            return 1;
        }
        training.print(result.get(), format);
        return exitCode(SessionModelFolder.TYPE, result.get().verdict(), "The model is marked so.");
    }

    private int exitCode(String name, Verdict verdict, String consequence) {
        if (verdict.betterThanMean()) {
            return 0;
        }
        tell(
                "%s in %s is not better than always predicting the mean: %s. %s Log more sessions, or try other settings%n",
                name, out, VerdictText.gain(verdict), consequence);
        return accept ? 0 : 1;
    }

    private TrainingRows read(int tracks) {
        RowReader.Result read = log.read(
                "read",
                (events, progress) -> new RowReader(gradientDescent.context(), tracks)
                        .read(
                                new SessionReader(events, sessionTimeout.rule()),
                                sessions -> progress.accept(events.bytesRead())));
        TrainingRows rows = read.rows();
        new SessionsRead(rows.size(), rows.listenerIds().size(), rows.sessions(), read.counts())
                .print(spec.commandLine().getErr());
        return rows;
    }

    private Optional<ModelFolder> train(TrainingRows rows, Tracks tracks, TrainingSettings settings) {
        try (var interruption = new Interruption();
                var progress = new EpochProgress(settings.epochs())) {
            return new Training(
                            rows, tracks.bound(), tracks::artistRow, settings, out, gradientDescent.threads(), progress)
                    .run(interruption);
        }
    }

    /** A bar over the rows of all epochs, which ends early if the training does; a line for each epoch. */
    private final class EpochProgress implements Training.Watcher, AutoCloseable {

        private final int epochs;
        private @Nullable Progress progress;
        private String last = "";

        EpochProgress(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void row(int epoch, long row, long of) {
            if (progress == null) {
                progress = new Progress("train", epochs * of, " rows");
            }
            progress.accept((epoch - 1) * of + row);
            progress.tell("epoch " + epoch + last);
        }

        @Override
        public void epoch(Epoch epoch) {
            last = String.format(Locale.ROOT, ", validation %.4f", epoch.validation());
            if (progress == null || !progress.isShown()) {
                tell(
                        "epoch %3d: loss %.5f, validation RMSE %.5f, learning rate %.0e, %.1f s%n",
                        epoch.number(),
                        epoch.trainingLoss(),
                        epoch.validation(),
                        epoch.learningRate(),
                        epoch.seconds());
            }
        }

        @Override
        public void warning(String message) {
            close();
            tell("segue train: warning: %s%n", message);
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }

    private void print(ModelDescription trained, Verdict verdict, PrintWriter output) {
        if (format == OutputFormat.TEXT) {
            Metrics metrics = trained.metrics();
            VerdictText.printHeading(trained.data().testRows(), output);
            String name = trained.settings().type().json();
            VerdictText.printError(name, metrics.mse(), output);
            VerdictText.printError("always the mean", metrics.meanMse(), output);
            VerdictText.printError("each track's mean", verdict.trackMeans().mse(), output);
            VerdictText.printError("random", metrics.randomMse(), output);
            output.print(VerdictText.comparisons(name, verdict));
            output.printf(
                    Locale.ROOT,
                    "%d epochs, the best was %d; %.1f s, %,.0f rows/s%n",
                    trained.epochs().size(),
                    trained.bestEpoch(),
                    trained.seconds(),
                    trained.rowsPerSecond());
        } else {
            Map<String, @Nullable Object> row = row(trained, verdict);
            if (format == OutputFormat.CSV) {
                TableWriter.printCsv(List.of(row), output);
            } else {
                TableWriter.printJson(row, output);
            }
        }
        output.flush();
    }

    private Map<String, @Nullable Object> row(ModelDescription trained, Verdict verdict) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("model", trained.settings().type().json());
        row.put("test_rows", trained.data().testRows());
        row.put("mse", trained.metrics().mse());
        row.put("mean_mse", trained.metrics().meanMse());
        row.put("track_mean_mse", verdict.trackMeans().mse());
        row.put("random_mse", trained.metrics().randomMse());
        VerdictText.put(verdict, row);
        row.put("epochs", trained.epochs().size());
        row.put("best_epoch", trained.bestEpoch());
        row.put("seconds", trained.seconds());
        row.put("rows_per_second", trained.rowsPerSecond());
        return row;
    }

    private void tell(String format, Object... values) {
        spec.commandLine().getErr().printf(Locale.ROOT, format, values);
        spec.commandLine().getErr().flush();
    }
}
