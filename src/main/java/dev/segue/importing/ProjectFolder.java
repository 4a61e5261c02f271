package dev.segue.importing;

import dev.segue.platform.FailureReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that an import writes. The files are written into a temporary folder and moved when all of them are complete; the
 * configuration is moved last.
 */
final class ProjectFolder {

    static final String TRACKS = "tracks.json";
    static final String LOG = "log.jsonl.gz";
    static final String TOP_TRACKS = "top_tracks.json";
    static final String CONFIGURATION = "config.json";

    /** The files in the order in which they are moved. */
    static final List<String> FILES = List.of(TRACKS, LOG, TOP_TRACKS, CONFIGURATION);

    private final Path folder;

    private ProjectFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes a file of the folder. */
    interface Content {
        void write(String name, OutputStream out) throws IOException;
    }

    /**
     * Checks a folder before an import.
     *
     * @param replace whether files of an earlier import are replaced
     * @throws ImportException if the folder is a file, or is not empty and nothing may be replaced
     */
    static ProjectFolder of(Path folder, boolean replace) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ImportException(folder + " is a file; name a folder with --out");
        }
        try {
            if (!replace && Files.isDirectory(folder) && !isEmpty(folder)) {
                throw new ImportException(folder + " is not empty; name a new folder with --out, or replace "
                        + String.join(", ", FILES) + " in it with --force");
            }
        } catch (IOException e) {
            throw new ImportException("cannot read " + folder + ": " + FailureReason.of(e), e);
        }
        return new ProjectFolder(folder);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /**
     * Writes all files.
     *
     * @param content called for each of {@link #FILES} except the configuration
     * @throws ImportException if that fails; the folder is then as it was
     */
    void write(Content content) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent =
                Files.isDirectory(absolute) ? absolute : Objects.requireNonNullElse(absolute.getParent(), absolute);
        Path temporary = parent.resolve(".import-" + UUID.randomUUID() + ".tmp");
        var removal = new Thread(() -> remove(temporary), "segue-import-removal"); // Ctrl-C
        Runtime.getRuntime().addShutdownHook(removal);
        try {
            Files.createDirectories(temporary);
            for (String name : FILES) {
                try (OutputStream out = open(temporary.resolve(name))) {
                    if (name.equals(CONFIGURATION)) {
                        writeConfiguration(out);
                    } else {
                        content.write(name, out);
                    }
                }
            }
            move(temporary, absolute);
        } catch (IOException e) {
            throw new ImportException("cannot write " + folder + ": " + FailureReason.of(e), e);
        } finally {
            remove(temporary);
            removeHook(removal);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends, and the hook runs
        }
    }

    private static OutputStream open(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        return file.toString().endsWith(".gz") ? new BackgroundGzip(out) : out;
    }

    private static void move(Path temporary, Path target) throws IOException {
        if (Files.notExists(target)) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        for (String name : FILES) {
            Files.move(temporary.resolve(name), target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void writeConfiguration(OutputStream out) throws IOException {
        try (InputStream template = Objects.requireNonNull(
                ProjectFolder.class.getResourceAsStream(CONFIGURATION), "the jar has the configuration")) {
            template.transferTo(out);
        }
    }

    private static void remove(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a hidden folder that is left over does no harm
        }
    }
}
