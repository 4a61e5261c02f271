package dev.segue.training;

import dev.segue.embedding.ServedModel;
import dev.segue.file.CheckpointFolders;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.id.TrackRows;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.posterior.FitSettings;
import dev.segue.posterior.Grouping;
import dev.segue.posterior.SessionModel;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionScorer;
import dev.segue.posterior.SessionTraining;
import dev.segue.posterior.TrainedStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains a session model in a folder. Writes a checkpoint after each stage and reads it back, so that a resumed training has the same
 * result as an uninterrupted one.
 */
public final class SessionModelTraining {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "state.json";
    private static final String SESSION_UNITS = "session_unit.npy";

    private final ListeningSessions.Result sessions;
    private final FitSettings settings;
    private final Path folder;
    private final Watcher watcher;

    /** Observes a training. */
    @FunctionalInterface
    public interface Watcher {
        /** Called after each sweep of a stage; both are numbered from 1. */
        void sweepEnded(int stage, int sweep);
    }

    /** @param folder the folder of the checkpoints and the model */
    public SessionModelTraining(ListeningSessions.Result sessions, FitSettings settings, Path folder, Watcher watcher) {
        this.sessions = sessions;
        this.settings = settings;
        this.folder = folder;
        this.watcher = watcher;
    }

    /** Identifies a training. */
    private record Run(FitSettings settings, String data) {}

    private record State(Run run, int stage, double gamma, double firstShare, double seconds) {}

    private record Progress(TrainedStage stage, double seconds) {}

    /** The training was stopped between two sweeps. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The summary of a training, with the model's errors on held-out sessions.
     *
     * @param settings the settings of the fit
     * @param sessions number of training sessions
     * @param rows number of training rows
     * @param heldOutSessions number of held-out sessions
     * @param heldOutRows number of predicted playbacks of held-out sessions
     * @param mse mean squared error of the predicted shares, each given the session before it
     * @param verdict the comparison with simple predictions
     * @param gamma the artist discount, 0 to 1
     * @param units number of units: groups of sessions with the same taste
     * @param seconds duration of all stages, in seconds
     * @param fingerprint checksum of the training sessions
     */
    public record Summary(
            FitSettings settings,
            long sessions,
            long rows,
            long heldOutSessions,
            long heldOutRows,
            double mse,
            Verdict verdict,
            double gamma,
            int units,
            double seconds,
            String fingerprint) {}

    /** The summary of the training of a model; empty if the model has none, or one of another version. */
    public static Optional<Summary> summary(Path folder) {
        JsonNode training = SessionModelFolder.read(folder).training();
        try {
            return training == null ? Optional.empty() : Optional.of(JSON.treeToValue(training, Summary.class));
        } catch (JacksonException otherVersion) {
            return Optional.empty();
        }
    }

    /** A model and its summary. */
    public record Trained(SessionModel model, Summary summary) {}

    /** Trains and writes the model; resumes from the folder's checkpoint if there is one.
     *
     * @param stop returns true to stop after the current sweep; the checkpoint is kept
     * @return the model; empty if the training was stopped
     * @throws TrainingException if the folder contains a model or the checkpoint of another training, there are too few sessions, or a
     *     checkpoint cannot be written
     */
    public Optional<Trained> run(BooleanSupplier stop) {
        if (ServedModel.isModel(folder)) {
            throw new TrainingException(folder + " holds a model already; name another folder, or --restart");
        }
        if (sessions.data().rows() == 0 || sessions.heldOut().size() < 2) {
            throw new TrainingException("the log has "
                    + (sessions.data().sessions() + sessions.heldOut().size())
                    + " sessions with recommendations, too few to train and test a model; log at least a hundred");
        }
        var run = new Run(settings, sessions.data().fingerprint());
        Optional<Path> checkpoint = CheckpointFolders.last(folder);
        @Nullable Progress progress = checkpoint.isPresent() ? read(checkpoint.get(), run) : null;
        var training = new SessionTraining(sessions.data(), settings);
        try {
            while (progress == null || progress.stage.number() < SessionTraining.stages()) {
                progress = stage(training, progress, run, stop);
            }
        } catch (StoppedException e) {
            return Optional.empty();
        }
        SessionModel model = progress.stage.model();
        Summary summary = summary(model, run, progress.seconds);
        SessionModelFolder.write(folder, model, sessions.tracks(), sessions.listeners(), summary);
        try {
            CheckpointFolders.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new Trained(model, summary));
    }

    private Progress stage(SessionTraining training, @Nullable Progress previous, Run run, BooleanSupplier stop) {
        long startNanos = System.nanoTime();
        int number = previous == null ? 1 : previous.stage.number() + 1;
        TrainedStage stage = training.next(previous == null ? null : previous.stage, sweep -> {
            watcher.sweepEnded(number, sweep);
            if (stop.getAsBoolean()) {
                throw new StoppedException();
            }
        });
        double seconds = (previous == null ? 0 : previous.seconds) + (System.nanoTime() - startNanos) / 1e9;
        try {
            CheckpointFolders.write(folder, number, target -> write(target, stage, run, seconds));
        } catch (FileException | IOException e) {
            throw new TrainingException(
                    "the checkpoint of stage " + number + " cannot be written (" + e.getMessage()
                            + "); the previous one is kept: free disk space and run the same command again to resume from it",
                    e);
        }
        return read(CheckpointFolders.last(folder).orElseThrow(), run);
    }

    private void write(Path target, TrainedStage stage, Run run, double seconds) {
        SessionModelFolder.write(target, stage.model(), sessions.tracks(), sessions.listeners(), null);
        int[] unitOf = stage.grouping().unitOf();
        NpyFile.write(target.resolve(SESSION_UNITS), new IntMatrix(unitOf.length, 1, unitOf));
        byte[] state =
                JSON.writeValueAsBytes(new State(run, stage.number(), stage.gamma(), stage.firstShare(), seconds));
        OutputFile.write(target.resolve(STATE), out -> out.write(state));
    }

    private Progress read(Path checkpoint, Run run) {
        if (!Files.exists(checkpoint.resolve(SESSION_UNITS))) {
            throw new TrainingException(
                    folder + " holds the checkpoint of another training (another model); name another folder, or"
                            + " --restart to discard it");
        }
        try {
            State state = JSON.readValue(Files.readAllBytes(checkpoint.resolve(STATE)), State.class);
            if (!state.run.equals(run)) {
                throw new TrainingException(folder + " holds the checkpoint of another training ("
                        + (state.run.settings.equals(run.settings) ? "other data" : "other settings")
                        + "); name another folder, or --restart to discard it");
            }
            SessionModel model = SessionModelFolder.read(checkpoint).model();
            int[] unitOf = NpyFile.readInts(checkpoint.resolve(SESSION_UNITS)).values();
            int units = Arrays.stream(unitOf).max().orElse(-1) + 1;
            return new Progress(
                    new TrainedStage(
                            state.stage,
                            model,
                            Grouping.of(sessions.data(), unitOf, units),
                            state.gamma,
                            state.firstShare),
                    state.seconds);
        } catch (IOException | JacksonException | FileException | IndexOutOfBoundsException e) {
            throw new TrainingException(
                    checkpoint + " is damaged (" + e.getMessage() + "); remove it to start over", e);
        }
    }

    private Summary summary(SessionModel model, Run run, double seconds) {
        var scorer = new SessionScorer(
                model,
                TrackRows.identity(sessions.tracks().size()), // held-out sessions name rows
                sessions.listeners(),
                track -> false);
        var test = new HeldOutErrors(sessions.data());
        for (ListeningSessions.HeldOut session : sessions.heldOut()) {
            double[] expected = scorer.expectedShares(session.listener().key(), session.played(), session.shares());
            test.add(session, expected);
        }
        return new Summary(
                settings,
                sessions.data().sessions(),
                sessions.data().rows(),
                sessions.heldOut().size(),
                test.size(),
                test.mse(),
                test.verdict(),
                model.constants().gamma(),
                model.units().count(),
                seconds,
                run.data);
    }
}
