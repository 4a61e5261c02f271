package dev.segue.reload;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.ScoresFile;
import dev.segue.config.Configuration;
import dev.segue.service.Generation;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
    private final List<Path> paths;
    private volatile Map<Path, FileStamp> loaded = Map.of();

    /** The state of a file by which changes are noticed; {@code inode} is null where the system has none. */
    record FileStamp(
            long modifiedMillis, long size, @Nullable Object inode) {}

    /** @param loadCatalog loads a catalog; may be slow */
    public GenerationFiles(Configuration configuration, Function<CatalogFiles, Catalog> loadCatalog) {
        this.configuration = configuration;
        this.loadCatalog = loadCatalog;
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
     * Loads a generation.
     *
     * @throws dev.segue.file.FileException if a file is missing or damaged
     */
    public Generation load() {
        loaded = state(); // before the files are read, so that a change meanwhile is noticed
        Catalog catalog = loadCatalog.apply(ServingPlan.catalogFiles(configuration));
        catalog.warnings().forEach(LOG::warn);
        return ServingPlan.generation(configuration, catalog);
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
