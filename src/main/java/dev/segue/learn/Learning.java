package dev.segue.learn;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogChange;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.PreparedFiles;
import dev.segue.catalog.TrackCatalogWriter;
import dev.segue.catalog.Tracks;
import dev.segue.config.Configuration;
import dev.segue.content.ColdTracks;
import dev.segue.event.DistinctEventReader;
import dev.segue.event.EventReader;
import dev.segue.event.SessionRule;
import dev.segue.file.FileException;
import dev.segue.file.JointReplacement;
import dev.segue.service.ServingPlan;
import dev.segue.training.SessionModelTraining;
import dev.segue.training.TopTracks;
import dev.segue.training.Training;
import dev.segue.training.TrainingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Learns the files of a {@link LearnPlan} from a log, stage by stage, and puts them in place.
 *
 * <p>A stage prepares its files beside their targets. An interrupted training continues from its last checkpoint, and a model that is
 * already trained on the same log is not trained again. A model is refused if it is not better than always predicting the mean, or
 * significantly worse than the model that it is to replace; catalogs are refused if they have the faults for which a server refuses a
 * reload ({@link CatalogChange}). The targets of refused stages stay as they are.
 */
public final class Learning {

    private final Configuration configuration;
    private final LearnPlan plan;
    private final Log log;
    private final SessionRule rule;
    private final long seed;
    private final boolean isForced;
    private final Watcher watcher;
    private final Optional<ColdTracks.Settings> coldTracks;
    private final Path trackFile;
    private final Tracks tracks;

    /** The log that is learned from. */
    public interface Log {
        /**
         * Reads the log from its beginning.
         *
         * @param reading reads the events, and passes the number of bytes read so far
         */
        <R> R read(String task, BiFunction<EventReader, LongConsumer, R> reading);
    }

    /** Observes the stages. */
    public interface Watcher extends Training.Watcher, SessionModelTraining.Watcher {
        /** Called before each stage. */
        void stage(int number, int of, String name);
    }

    /**
     * Prepares the learning.
     *
     * @param seed the seed of splits and of initial weights; the same seed each time, so that models can be compared
     * @param arm the only arm of the serving experiment whose files are learned; empty for all files
     * @param isForced whether refusals are ignored
     * @param coldTracks adds tracks with few plays to the neighbours; empty for no such tracks
     * @throws FileException if the file of the tracks cannot be read
     * @throws TrainingException if the configuration has nothing that can be learned, or no neighbours for cold tracks
     */
    public Learning(
            Configuration configuration,
            Log log,
            SessionRule rule,
            Optional<String> arm,
            long seed,
            boolean isForced,
            Optional<ColdTracks.Settings> coldTracks,
            Watcher watcher) {
        this.configuration = configuration;
        this.log = log;
        this.rule = rule;
        this.seed = seed;
        this.isForced = isForced;
        this.coldTracks = coldTracks;
        this.watcher = watcher;
        plan = arm.map(name -> LearnPlan.ofArm(configuration, name)).orElseGet(() -> LearnPlan.of(configuration));
        if (plan.stages() == 0 && arm.isPresent()) {
            throw new TrainingException(
                    "arm " + arm.get()
                            + " has nothing to learn of its own: give its recommender a model or a catalog that the other arms do not use");
        }
        if (plan.stages() == 0) {
            throw new TrainingException(
                    configuration.file()
                            + " names nothing that can be learned: add TOP_TRACKS_CATALOG, or a recommender of type session, new or contextual");
        }
        if (coldTracks.isPresent() && plan.embeddings().isEmpty()) {
            throw new TrainingException(configuration.file()
                    + " has no catalog of neighbours that is learned, which --content needs: add a recommender of type contextual or new,"
                    + " or use segue content-neighbours");
        }
        trackFile = configuration.tracksMetadata().orElse(configuration.tracksCatalog());
        tracks = Catalog.load(CatalogFiles.of(trackFile)).tracks();
    }

    /** Discards the prepared files of interrupted runs. */
    public void restart() {
        targets().forEach(Staging::discard);
    }

    private List<Path> targets() {
        List<Path> targets = new ArrayList<>(plan.sessionModels());
        for (LearnPlan.Embedding embedding : plan.embeddings()) {
            targets.addAll(EmbeddingStage.targets(embedding));
        }
        if (plan.topTracks() != null) {
            targets.add(plan.topTracks());
        }
        return targets;
    }

    /**
     * Runs all stages, and prepares their files beside the targets.
     *
     * @param stop returns true to stop at the next checkpoint
     * @return the stages; empty if the learning was stopped
     */
    public Optional<List<LearnedStage>> run(BooleanSupplier stop) {
        List<LearnedStage> stages = new ArrayList<>();
        int number = 0;
        if (plan.topTracks() != null) {
            watcher.stage(++number, plan.stages(), "top tracks");
            stages.add(learnTopTracks(plan.topTracks()));
        }
        for (LearnPlan.Embedding embedding : plan.embeddings()) {
            watcher.stage(++number, plan.stages(), embedding.type().json());
            Optional<LearnedStage> stage =
                    new EmbeddingStage(embedding, tracks, trackFile, coldTracks, log, rule, seed, watcher).run(stop);
            if (stage.isEmpty()) {
                return Optional.empty();
            }
            stages.add(stage.get());
        }
        for (Path model : plan.sessionModels()) {
            watcher.stage(++number, plan.stages(), "session");
            Optional<LearnedStage> stage = new SessionStage(model, tracks, log, rule, seed, watcher).run(stop);
            if (stage.isEmpty()) {
                return Optional.empty();
            }
            stages.add(stage.get());
        }
        return Optional.of(
                isForced ? stages.stream().map(LearnedStage::accepted).toList() : checked(stages));
    }

    private LearnedStage learnTopTracks(Path target) {
        var top = new TopTracks(tracks.rows());
        log.read("top tracks", (events, progress) -> {
            top.count(new DistinctEventReader(events), playbacks -> progress.accept(events.bytesRead()));
            return top;
        });
        TrackCatalogWriter.writeTopTracks(Staging.of(target), top.ranked());
        return LearnedStage.of("top tracks", target);
    }

    /** Refuses catalogs with the faults for which a server refuses a reload. */
    private List<LearnedStage> checked(List<LearnedStage> stages) {
        CatalogFiles files = ServingPlan.catalogFiles(configuration);
        List<Path> present = new ArrayList<>();
        List<Path> staged = new ArrayList<>();
        for (LearnedStage stage : stages) {
            (stage.refusal() == null ? staged : present).addAll(stage.targets());
        }
        List<String> faults = CatalogChange.faults(
                Catalog.load(files),
                Catalog.load(staged(files, staged)),
                ServingPlan.catalogBounds(configuration.reload()));
        if (faults.isEmpty()) {
            return stages;
        }
        String reason = "the new catalogs differ too much from the present ones: " + String.join("; ", faults);
        return stages.stream()
                .map(stage -> stage.refusal() == null
                                && stage.targets().stream().map(Staging::of).anyMatch(Files::isRegularFile)
                        ? stage.refused(reason)
                        : stage)
                .toList();
    }

    private static CatalogFiles staged(CatalogFiles files, List<Path> staged) {
        return new CatalogFiles(
                staged(files.tracksCatalog(), staged),
                stagedOrNull(files.tracksCatalogNn(), staged),
                stagedOrNull(files.tracksMetadata(), staged),
                stagedOrNull(files.topTracks(), staged),
                stagedOrNull(files.recommendations(), staged));
    }

    private static Path staged(Path file, List<Path> staged) {
        return staged.contains(file) ? Staging.of(file) : file;
    }

    private static @Nullable Path stagedOrNull(@Nullable Path file, List<Path> staged) {
        return file == null ? null : staged(file, staged);
    }

    private static List<Path> accepted(List<LearnedStage> stages) {
        return stages.stream()
                .filter(stage -> stage.refusal() == null)
                .flatMap(stage -> stage.targets().stream())
                .toList();
    }

    /**
     * Keeps the files that {@link #publish} will replace.
     *
     * @throws FileException if that fails
     */
    public FormerFiles keepFormer(List<LearnedStage> stages) {
        Set<Path> replaced = PreparedFiles.replacement(accepted(stages)).keySet();
        return FormerFiles.keep(configuration.stateFolder(), List.copyOf(replaced));
    }

    /**
     * Puts the files of the stages that were not refused in place, all or none.
     *
     * @throws FileException if that fails
     */
    public void publish(List<LearnedStage> stages) {
        Map<Path, Optional<Path>> sources = PreparedFiles.replacement(accepted(stages));
        if (!sources.isEmpty()) {
            JointReplacement.run(configuration.stateFolder(), sources);
        }
    }
}
