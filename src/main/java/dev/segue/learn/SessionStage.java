package dev.segue.learn;

import dev.segue.catalog.Tracks;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.posterior.FitSettings;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.training.ListeningSessions;
import dev.segue.training.ModelComparison;
import dev.segue.training.SessionModelTraining;
import dev.segue.training.SessionModelTraining.Summary;
import dev.segue.training.Verdict.Gain;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains a session model. */
final class SessionStage {

    private static final int DIMENSIONS = 16;

    private final Path model;
    private final Tracks tracks;
    private final Learning.Log log;
    private final SessionRule rule;
    private final FitSettings settings;
    private final Learning.Watcher watcher;

    SessionStage(Path model, Tracks tracks, Learning.Log log, SessionRule rule, long seed, Learning.Watcher watcher) {
        this.model = model;
        this.tracks = tracks;
        this.log = log;
        this.rule = rule;
        this.watcher = watcher;
        settings = FitSettings.of(DIMENSIONS, seed);
    }

    /** Prepares the model; returns empty if stopped. */
    Optional<LearnedStage> run(BooleanSupplier stop) {
        ListeningSessions.Result sessions = log.read(
                "session",
                (events, progress) -> new ListeningSessions(tracks, settings.seed())
                        .read(new SessionReader(events, rule), count -> progress.accept(events.bytesRead())));
        Optional<Summary> trained = train(sessions, stop);
        return trained.map(summary ->
                LearnedStage.of("session", List.of(model), summary.mse(), summary.verdict(), overPresent(sessions)));
    }

    /** Trains, unless the same log has been trained on with the same settings. */
    private Optional<Summary> train(ListeningSessions.Result sessions, BooleanSupplier stop) {
        Path folder = Staging.of(model);
        if (SessionModelFolder.isModel(folder)) {
            Optional<Summary> summary = SessionModelTraining.summary(folder);
            if (summary.isPresent()
                    && summary.get().settings().equals(settings)
                    && summary.get().fingerprint().equals(sessions.data().fingerprint())) {
                return summary;
            }
            Staging.discard(model);
        }
        return new SessionModelTraining(sessions, settings, folder, watcher)
                .run(stop)
                .map(SessionModelTraining.Trained::summary);
    }

    private @Nullable Gain overPresent(ListeningSessions.Result sessions) {
        return SessionModelFolder.isModel(model)
                ? ModelComparison.ofSessionModels(sessions, Staging.of(model), model)
                        .orElse(null)
                : null;
    }
}
