package dev.segue.upkeep;

import dev.segue.config.Configuration;
import dev.segue.file.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the files of the last learned generations in {@code STATE_FOLDER/generations/FINGERPRINT}, with the figures of their learning in
 * {@code learning.json}. A file is a hard link where the file system allows it, so that it takes no space while it is in service: learning
 * replaces files and never changes one.
 */
final class GenerationArchive {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationArchive.class);

    private final Path folder;
    private final int kept;
    private final Path base;
    private final List<Path> files;

    /**
     * @param kept the number of generations that are kept
     * @param base files below this folder keep their path from there
     */
    GenerationArchive(Path folder, int kept, Path base, List<Path> files) {
        this.folder = folder;
        this.kept = kept;
        this.base = base;
        this.files = List.copyOf(files);
    }

    /** The archive of the files that a configuration serves: catalogs, lists and the folders of models. */
    static GenerationArchive of(Configuration configuration) {
        List<Path> files = new ArrayList<>(List.of(configuration.tracksCatalog()));
        configuration.tracksCatalogNn().ifPresent(files::add);
        configuration.topTracksCatalog().ifPresent(files::add);
        configuration.recommendations().ifPresent(files::add);
        configuration.recommenders().values().stream()
                .flatMap(settings -> settings.scoring().model().stream())
                .distinct()
                .forEach(files::add);
        return new GenerationArchive(
                configuration.stateFolder().resolve("generations"),
                configuration.learn().keepGenerations(),
                configuration.file().resolveSibling(""),
                files);
    }

    /** Adds the generation that is in place, and deletes the oldest ones. A failure is only logged: the generation serves. */
    void add(String generation, JsonNode stages) {
        Path target = folder.resolve(generation);
        try {
            delete(target);
            Files.createDirectories(target);
            for (Path file : files) {
                link(file, target.resolve(name(file)));
            }
            OutputFile.write(
                    target.resolve("learning.json"),
                    out -> out.write((stages + "\n").getBytes(StandardCharsets.UTF_8)));
            List<Path> all = byAge();
            for (Path old : all.subList(0, Math.max(0, all.size() - kept))) {
                delete(old);
            }
        } catch (IOException e) {
            LOG.warn("generation {} could not be kept in {}", generation, target, e);
        }
    }

    /** The path of a file in a generation: that from the base, or the whole path. */
    private Path name(Path file) {
        Path from = file.startsWith(base) ? base : Objects.requireNonNull(file.getRoot());
        return from.relativize(file);
    }

    private List<Path> byAge() throws IOException {
        try (Stream<Path> generations = Files.list(folder)) {
            return generations
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparing(GenerationArchive::time))
                    .toList();
        }
    }

    private static FileTime time(Path generation) {
        try {
            return Files.getLastModifiedTime(generation);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** Links a file, or the files of a folder; nothing if it does not exist. */
    private static void link(Path file, Path target) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Path real = file.toRealPath();
        try (Stream<Path> parts = Files.walk(real)) {
            for (Path part : parts.toList()) {
                Path copy = part.equals(real) ? target : target.resolve(real.relativize(part));
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                if (Files.isDirectory(part)) {
                    Files.createDirectories(copy);
                } else {
                    linkOrCopy(part, copy);
                }
            }
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | FileSystemException notPossible) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> parts = Files.walk(path)) {
            for (Path part : parts.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(part);
            }
        }
    }
}
