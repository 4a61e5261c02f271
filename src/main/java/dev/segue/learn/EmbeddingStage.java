package dev.segue.learn;

import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.catalog.Tracks;
import dev.segue.content.ColdTracks;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.embedding.ServedModel;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.matrix.IntMatrix;
import dev.segue.training.ListenerLists;
import dev.segue.training.ModelComparison;
import dev.segue.training.ModelDescription;
import dev.segue.training.ModelFolder;
import dev.segue.training.NeighbourCatalog;
import dev.segue.training.Neighbours;
import dev.segue.training.RowReader;
import dev.segue.training.Training;
import dev.segue.training.TrainingRows;
import dev.segue.training.TrainingSettings;
import dev.segue.training.Verdict.Gain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains an embedding model, and computes its catalog of neighbours and listener lists. */
final class EmbeddingStage {

    private static final int NEIGHBOURS = 50;
    private static final long MEMORY_BYTES = 256_000_000;

    private final LearnPlan.Embedding plan;
    private final Tracks tracks;
    private final Path trackFile;
    private final Optional<ColdTracks.Settings> coldTracks;
    private final Learning.Log log;
    private final SessionRule rule;
    private final TrainingSettings settings;
    private final Learning.Watcher watcher;

    EmbeddingStage(
            LearnPlan.Embedding plan,
            Tracks tracks,
            Path trackFile,
            Optional<ColdTracks.Settings> coldTracks,
            Learning.Log log,
            SessionRule rule,
            long seed,
            Learning.Watcher watcher) {
        this.plan = plan;
        this.tracks = tracks;
        this.trackFile = trackFile;
        this.coldTracks = coldTracks;
        this.log = log;
        this.rule = rule;
        this.watcher = watcher;
        settings = TrainingSettings.defaults(plan.type(), plan.context(), seed);
    }

    /** All files and folders of the stage. */
    static List<Path> targets(LearnPlan.Embedding plan) {
        List<Path> targets =
                new ArrayList<>(List.of(plan.model(), plan.neighbours(), NeighbourOrigin.file(plan.neighbours())));
        if (plan.lists() != null) {
            targets.add(plan.lists());
        }
        return targets;
    }

    /** Prepares the files; returns empty if stopped. */
    Optional<LearnedStage> run(BooleanSupplier stop) {
        TrainingRows rows = log.read(
                plan.type().json(),
                (events, progress) -> new RowReader(plan.context(), tracks.rows())
                        .read(new SessionReader(events, rule), sessions -> progress.accept(events.bytesRead()))
                        .rows());
        Optional<ModelFolder> model = train(rows, stop);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        writeLists(model.get());
        ModelDescription description = model.get().description();
        return Optional.of(LearnedStage.of(
                plan.type().json(),
                targets(plan),
                description.metrics().mse(),
                Objects.requireNonNull(description.verdict()),
                overPresent(rows)));
    }

    /** Trains, unless the same log has been trained on with the same settings. */
    private Optional<ModelFolder> train(TrainingRows rows, BooleanSupplier stop) {
        Path folder = Staging.of(plan.model());
        if (ServedModel.isModel(folder)) {
            ModelFolder trained = ModelFolder.read(folder);
            ModelDescription description = trained.description();
            if (description.settings().equals(settings)
                    && description.data().fingerprint().equals(rows.fingerprint())) {
                return Optional.of(trained);
            }
            Staging.discard(plan.model());
        }
        return new Training(
                        rows, tracks.rows(), row -> tracks.artistRow(tracks.idAt(row)), settings, folder, 1, watcher)
                .run(stop);
    }

    private void writeLists(ModelFolder model) {
        var neighbours = new Neighbours(
                model,
                row -> tracks.artistRow(tracks.idAt(row)),
                new Neighbours.Options(NEIGHBOURS, 0, 1, MEMORY_BYTES));
        Path catalog = Staging.of(plan.neighbours());
        var neighbourCatalog = new NeighbourCatalog(model.tracks(), tracks);
        IntMatrix lists = neighbours.find(done -> {}).lists();
        if (coldTracks.isPresent()) {
            neighbourCatalog.writeWithContent(catalog, lists, null, model.trackCounts(), trackFile, coldTracks.get());
        } else {
            neighbourCatalog.write(catalog, lists, null, trackFile);
        }
        new NeighbourOrigin(plan.type(), plan.context(), NEIGHBOURS)
                .writeTo(Staging.of(NeighbourOrigin.file(plan.neighbours())));
        if (plan.lists() != null) {
            var listenerLists = new ListenerLists(model, NEIGHBOURS);
            TrackCatalogWriter.writeListenerLists(
                    Staging.of(plan.lists()), listenerLists.listeners().stream(), listenerLists::of);
        }
    }

    private @Nullable Gain overPresent(TrainingRows rows) {
        return ServedModel.isModel(plan.model())
                ? ModelComparison.ofEmbeddings(rows, Staging.of(plan.model()), plan.model(), settings.seed())
                        .orElse(null)
                : null;
    }
}
