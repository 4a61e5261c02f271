package dev.segue.cli;

import dev.segue.catalog.Tracks;
import dev.segue.embedding.ModelType;
import dev.segue.event.SessionReader;
import dev.segue.id.TrackRows;
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

/** {@code segue train}: trains a model on event logs. */
@Command(
        name = "train",
        description = "Train a model of playback times on event logs.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        footer = {
            "",
            "  contextual   time = Σ C[c]⊙T[t]                                 loss: mean squared error",
            "  new          time = sigmoid(Linear(U[u]⊙T[t]) + Σ C[c]⊙T[t])    loss: its root",
            "  session      time = sigmoid(w·[e[t], 1]) γ^k                    variational Bayes",
            "",
            "for listener u, context c (the session's first track) and played track t. In the session model, w is the taste of a",
            "group of the listener's sessions, and k is the number of earlier tracks by t's artist in the session.",
            "",
            "For contextual and new, sessions are split into 80%% for training, 10%% for validation and 10%% for testing; for",
            "session, into 90%% for training and 10%% for testing. Ctrl-C or SIGTERM ends the training after the current epoch",
            "(session: sweep). The same command resumes from the last checkpoint, which is written after each epoch (session:",
            "after each of four stages).",
            "",
            "The exit code is 1 if the model is not better than always predicting the mean, by a paired 95%% interval over",
            "listeners (over sessions with fewer than ten test listeners). The model is kept, and marked in model.json."
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

    /** The kinds of models. */
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

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for checkpoints and the model.")
    private Path out;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description =
                    "Length of an embedding. Default: " + DIMENSIONS + ", for session " + SESSION_DIMENSIONS + ".")
    private @Nullable Integer dimensions;

    @Mixin
    private GradientDescentOptions gradientDescent;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the split, the initial values and the order of rows.")
    private long seed;

    @Option(names = "--restart", description = "Delete the model and checkpoints in --out first.")
    private boolean restart;

    @Option(
            names = "--accept",
            description = "Exit with 0 even if the model is not better than always predicting the mean.")
    private boolean accept;

    @Option(names = "--format", defaultValue = "TEXT", description = "Format of the figures: ${COMPLETION-CANDIDATES}.")
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
        TrainingRows rows = read(tracks.rows());
        if (restart) {
            ModelFolder.remove(out);
        }
        Optional<ModelFolder> result = train(rows, tracks, settings);
        if (result.isEmpty()) {
            err().printf(Locale.ROOT, "ended early; the same command resumes from the checkpoint in %s%n", out);
            return 1;
        }
        ModelDescription trained = result.get().description();
        Verdict verdict = Objects.requireNonNull(trained.verdict());
        print(trained, verdict, spec.commandLine().getOut());
        return exitCode(
                settings.type().json(),
                verdict,
                "The model is marked accordingly; segue neighbours and segue listener-lists refuse it without --accept.");
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
        return exitCode(SessionModelFolder.TYPE, result.get().verdict(), "The model is marked accordingly.");
    }

    private int exitCode(String name, Verdict verdict, String consequence) {
        if (verdict.betterThanMean()) {
            return 0;
        }
        err().printf(
                        Locale.ROOT,
                        "%s in %s is not better than always predicting the mean: %s. %s Log more sessions, or try other settings%n",
                        name,
                        out,
                        VerdictText.gain(verdict),
                        consequence);
        return accept ? 0 : 1;
    }

    private TrainingRows read(TrackRows tracks) {
        RowReader.Result read = log.read(
                "read",
                (events, progress) -> new RowReader(gradientDescent.context(), tracks)
                        .read(
                                new SessionReader(events, sessionTimeout.rule()),
                                sessions -> progress.accept(events.bytesRead())));
        TrainingRows rows = read.rows();
        new SessionsRead(rows.size(), rows.listenerIds().size(), rows.sessions(), read.counts()).print(err());
        return rows;
    }

    private Optional<ModelFolder> train(TrainingRows rows, Tracks tracks, TrainingSettings settings) {
        try (var interruption = new Interruption();
                var progress = new EpochProgress(settings.epochs())) {
            return new Training(
                            rows,
                            tracks.rows(),
                            row -> tracks.artistRow(tracks.idAt(row)),
                            settings,
                            out,
                            gradientDescent.threads(),
                            progress)
                    .run(interruption);
        }
    }

    /** Shows a progress bar over the rows of all epochs, or prints a line per epoch where no bar is shown. */
    private final class EpochProgress implements Training.Watcher, AutoCloseable {

        private final int epochs;
        private @Nullable Progress progress;
        private String lastValidation = "";

        EpochProgress(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void row(int epoch, long row, long rows) {
            if (progress == null) {
                progress = new Progress("train", epochs * rows, " rows");
            }
            progress.accept((epoch - 1) * rows + row);
            progress.showMessage("epoch " + epoch + lastValidation);
        }

        @Override
        public void epoch(Epoch epoch) {
            lastValidation = String.format(Locale.ROOT, ", validation %.4f", epoch.validation());
            if (progress == null || !progress.isShown()) {
                err().printf(
                                Locale.ROOT,
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
            err().printf(Locale.ROOT, "segue train: warning: %s%n", message);
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
            VerdictText.printRow(row(trained, verdict), format, output);
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

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
