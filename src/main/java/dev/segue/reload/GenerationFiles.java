package dev.segue.reload;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.ScoresFile;
import dev.segue.config.Configuration;
import dev.segue.embedding.NeighbourOrigin;
import dev.segue.file.JointReplacement;
import dev.segue.service.Generation;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a generation. Loads generations from them, and notices changes of catalogs and models. Session logs are not watched, since the
 * log of a running server changes all the time.
 */
public final class GenerationFiles {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationFiles.class);

    private final Configuration configuration;
    private final Function<CatalogFiles, Catalog> loadCatalog;
    private final BiFunction<Configuration, Catalog, Generation> plan;
    private final List<Path> paths;
    private volatile Map<Path, FileStamp> loaded = Map.of();
    private volatile Served served = new Served("", Map.of());

    /** The state of a file by which changes are noticed; {@code inode} is null where the system has none. */
    record FileStamp(
            long modifiedMillis, long size, @Nullable Object inode) {}

    /** The state of the files in place when they came into service last, as those of a generation. */
    private record Served(String generation, Map<Path, FileStamp> state) {}

    /** @param loadCatalog loads a catalog; may be slow */
    public GenerationFiles(Configuration configuration, Function<CatalogFiles, Catalog> loadCatalog) {
        this(configuration, loadCatalog, ServingPlan::generation);
    }

    /** @param plan makes a generation of a catalog */
    GenerationFiles(
            Configuration configuration,
            Function<CatalogFiles, Catalog> loadCatalog,
            BiFunction<Configuration, Catalog, Generation> plan) {
        this.configuration = configuration;
        this.loadCatalog = loadCatalog;
        this.plan = plan;
        paths = paths(configuration);
    }

    private static List<Path> paths(Configuration configuration) {
        CatalogFiles files = ServingPlan.catalogFiles(configuration);
        List<Path> paths = new ArrayList<>();
        Stream.of(
                        files.tracksCatalog(),
                        ScoresFile.of(files.tracksCatalog()),
                        files.tracksCatalogNn(),
                        files.tracksCatalogNn() == null ? null : ScoresFile.of(files.tracksCatalogNn()),
                        files.tracksMetadata(),
                        files.topTracks(),
                        files.recommendations())
                .filter(Objects::nonNull)
                .forEach(paths::add);
        configuration
                .recommenders()
                .values()
                .forEach(recommender -> recommender.scoring().model().ifPresent(paths::add));
        return paths;
    }

    /**
     * Loads the generation whose files are in place. A replacement of them that was interrupted is completed before.
     *
     * @throws dev.segue.file.FileException if a file is missing or damaged
     */
    public Generation load() {
        JointReplacement.complete(configuration.stateFolder());
        loaded = state(); // before the files are read, so that a change meanwhile is noticed
        return load(configuration);
    }

    /**
     * Loads a generation whose files are elsewhere.
     *
     * @param place where a file is
     * @throws dev.segue.file.FileException if a file is missing or damaged
     */
    Generation loadFrom(UnaryOperator<Path> place) {
        return load(configuration.withFiles(place));
    }

    private Generation load(Configuration placed) {
        Catalog catalog = loadCatalog.apply(ServingPlan.catalogFiles(placed));
        catalog.warnings().forEach(LOG::warn);
        return plan.apply(placed, catalog);
    }

    /** Notes that the files that were loaded last from their places are in service, as those of a generation. */
    void serve(String generation) {
        served = new Served(generation, loaded);
    }

    /** Whether the files in place are those of a generation, so that a start would load it. */
    boolean areOf(String generation) {
        Served last = served;
        return generation.equals(last.generation()) && state().equals(last.state());
    }

    /** Those of the targets that have other files in place than a generation. */
    List<Path> notOf(String generation, Collection<Path> targets) {
        Served last = served;
        boolean areOfAnother = !generation.equals(last.generation());
        Map<Path, FileStamp> state = state();
        return targets.stream()
                .filter(target -> {
                    Map<Path, FileStamp> inPlace = of(target, state);
                    return !inPlace.isEmpty() && (areOfAnother || !inPlace.equals(of(target, last.state())));
                })
                .toList();
    }

    private static Map<Path, FileStamp> of(Path target, Map<Path, FileStamp> state) {
        return state.entrySet().stream()
                .filter(file -> file.getKey().startsWith(target))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Puts other files in place, which are in service from then on.
     *
     * @param sources as in {@link JointReplacement#run}
     * @param generation the generation that they are of, together with the files that stay
     * @param state the state before the generation was loaded, so that changes since then of files that stay are noticed
     * @throws dev.segue.file.FileException if that fails
     */
    void replace(Map<Path, Optional<Path>> sources, String generation, Map<Path, FileStamp> state) {
        JointReplacement.run(configuration.stateFolder(), sources);
        Map<Path, FileStamp> replaced = new HashMap<>(state);
        Map<Path, FileStamp> present = state();
        for (Path target : sources.keySet()) {
            replaced.keySet().removeIf(file -> file.startsWith(target));
            replaced.putAll(of(target, present));
        }
        loaded = replaced;
        serve(generation);
    }

    /** The archive of these files. */
    GenerationArchive archive(InstantSource clock) {
        List<Path> all = new ArrayList<>(paths);
        all.add(NeighbourOrigin.file(configuration.tracksCatalog()));
        configuration.tracksCatalogNn().ifPresent(catalog -> all.add(NeighbourOrigin.file(catalog)));
        return new GenerationArchive(
                configuration.stateFolder().resolve("generations"),
                configuration.learn().keepGenerations(),
                configuration.file().resolveSibling(""),
                all.stream().distinct().toList(),
                clock);
    }

    /** The state of the files when the last load began. */
    Map<Path, FileStamp> loaded() {
        return loaded;
    }

    /** The present state of the files and of the files in folders; without files that are missing. */
    Map<Path, FileStamp> state() {
        Map<Path, FileStamp> state = new HashMap<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                addFolder(state, path);
            } else {
                add(state, path);
            }
        }
        return state;
    }

    private static void addFolder(Map<Path, FileStamp> state, Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            files.forEach(file -> add(state, file));
        } catch (IOException unreadable) {
            LOG.debug("{} cannot be listed", folder, unreadable);
        }
    }

    private static void add(Map<Path, FileStamp> state, Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            state.put(
                    file,
                    new FileStamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey()));
        } catch (IOException missing) {
            LOG.debug("{} cannot be read", file, missing);
        }
    }
}
