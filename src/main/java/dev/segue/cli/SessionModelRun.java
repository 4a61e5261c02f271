package dev.segue.cli;

import dev.segue.catalog.Tracks;
import dev.segue.event.SessionReader;
import dev.segue.posterior.FitSettings;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionTraining;
import dev.segue.training.ListeningSessions;
import dev.segue.training.SessionModelTraining;
import dev.segue.training.SessionModelTraining.Summary;
import dev.segue.training.SessionModelTraining.Trained;
import dev.segue.training.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code segue train --model session}: trains a session model. */
final class SessionModelRun {

    private final LogOption log;
    private final SessionTimeoutOption sessionTimeout;
    private final Tracks tracks;
    private final Path out;
    private final CommandLine command;

    SessionModelRun(LogOption log, SessionTimeoutOption sessionTimeout, Tracks tracks, Path out, CommandLine command) {
        this.log = log;
        this.sessionTimeout = sessionTimeout;
        this.tracks = tracks;
        this.out = out;
        this.command = command;
    }

    /** Reads the log and trains; returns empty if interrupted. */
    Optional<Summary> run(FitSettings settings) {
        ListeningSessions.Result sessions = read(settings.seed());
        int sweeps = IntStream.rangeClosed(1, SessionTraining.stages())
                .map(SessionTraining::sweeps)
                .sum();
        Optional<Trained> trained;
        try (var interruption = new Interruption();
                var progress = new Progress("train", sweeps, " sweeps")) {
            trained = new SessionModelTraining(sessions, settings, out, (stage, sweep) -> show(progress, stage, sweep))
                    .run(interruption);
        }
        if (trained.isEmpty()) {
            command.getErr()
                    .printf(Locale.ROOT, "ended early; the same command resumes from the last checkpoint in %s%n", out);
        }
        return trained.map(Trained::summary);
    }

    private void show(Progress progress, int stage, int sweep) {
        int earlierSweeps =
                IntStream.range(1, stage).map(SessionTraining::sweeps).sum();
        progress.accept(earlierSweeps + sweep);
        progress.showMessage("stage " + stage);
        if (!progress.isShown() && sweep == SessionTraining.sweeps(stage)) {
            command.getErr().printf(Locale.ROOT, "stage %d of %d: %d sweeps%n", stage, SessionTraining.stages(), sweep);
        }
    }

    private ListeningSessions.Result read(long seed) {
        ListeningSessions.Result read = log.read(
                "read",
                (events, progress) -> new ListeningSessions(tracks, seed)
                        .read(
                                new SessionReader(events, sessionTimeout.rule()),
                                sessions -> progress.accept(events.bytesRead())));
        long count = (long) read.data().sessions() + read.heldOut().size();
        new SessionsRead(read.data().rows(), read.listeners().size(), count, read.counts()).print(command.getErr());
        return read;
    }

    void print(Summary summary, OutputFormat format) {
        PrintWriter output = command.getOut();
        Verdict verdict = summary.verdict();
        if (format == OutputFormat.TEXT) {
            VerdictText.printHeading(summary.heldOutRows(), output);
            VerdictText.printError(SessionModelFolder.TYPE, summary.mse(), output);
            VerdictText.printError("always the mean", verdict.mean().mse(), output);
            VerdictText.printError("each track's mean", verdict.trackMeans().mse(), output);
            output.print(VerdictText.comparisons(SessionModelFolder.TYPE, verdict));
            output.printf(
                    Locale.ROOT,
                    "artist discount %.3f, %,d units of taste from %,d sessions; %.1f s%n",
                    summary.gamma(),
                    summary.units(),
                    summary.sessions(),
                    summary.seconds());
        } else {
            VerdictText.printRow(row(summary, verdict), format, output);
        }
        output.flush();
    }

    private static Map<String, @Nullable Object> row(Summary summary, Verdict verdict) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("model", SessionModelFolder.TYPE);
        row.put("test_rows", summary.heldOutRows());
        row.put("mse", summary.mse());
        row.put("mean_mse", verdict.mean().mse());
        row.put("track_mean_mse", verdict.trackMeans().mse());
        VerdictText.put(verdict, row);
        row.put("artist_discount", summary.gamma());
        row.put("units", summary.units());
        row.put("sessions", summary.sessions());
        row.put("seconds", summary.seconds());
        return row;
    }
}
