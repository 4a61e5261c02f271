package dev.segue.event;

import dev.segue.file.OutputFile;
import dev.segue.platform.FailureReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a log: the live file {@code data.json}, and its rotations, named {@code data.json.000001}, 000002, … by
 * Segue, or {@code data.json.1} or {@code data.json-20261126} by other programs.
 */
public final class EventLogFiles {

    /** The limit of Linux. */
    private static final int MAX_LINKS = 40;

    private EventLogFiles() {}

    /**
     * Lists the files of a log in the order they were written: its rotations, compressed or not, then the live file.
     */
    public static List<Path> list(Path file) {
        String live = name(file);
        return siblings(
                file, path -> path.equals(file) || RotatedName.of(name(path)).isRotationOf(live));
    }

    /** Lists Segue's own rotations, oldest first. */
    static List<Path> rotations(Path file) {
        return siblings(file, path -> number(file, path) > 0);
    }

    /**
     * Deletes the copies of a log's files that an erasure leaves behind if it is killed, since no later erasure would find their
     * events. The log must be locked, so that no erasure is in progress.
     *
     * @throws EventLogException if one cannot be deleted
     */
    static void deleteLeftCopies(Path file) {
        for (Path copy : siblings(file, path -> isCopyOf(name(file), name(path)))) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                throw new EventLogException("cannot delete " + copy + ": " + FailureReason.of(e), e);
            }
        }
    }

    private static boolean isCopyOf(String live, String name) {
        return OutputFile.replacedBy(name)
                .filter(file -> file.equals(live) || RotatedName.of(file).isRotationOf(live))
                .isPresent();
    }

    private static List<Path> siblings(Path file, Predicate<Path> filter) {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            return siblings.map(path -> file.resolveSibling(path.getFileName()))
                    .filter(filter)
                    .sorted(byAge())
                    .toList();
        } catch (IOException e) {
            throw new EventLogException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Orders the files of a log from the oldest to the newest, by name. */
    static Comparator<Path> byAge() {
        return Comparator.comparing((Path path) -> RotatedName.of(name(path))).thenComparing(Comparator.naturalOrder());
    }

    /** Whether any file in a log's folder, whatever its name, matches. */
    static boolean anyInFolder(Path file, Predicate<FileState> filter) throws IOException {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder)) {
            for (Path sibling : siblings) {
                FileState state = FileState.of(sibling);
                if (state != null && filter.test(state)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Resolves the symbolic links of a path. The parts of the path that do not exist are kept.
     *
     * @throws EventLogException if the links form a loop
     */
    static Path resolveLinks(Path file) {
        try {
            Path target = file.toAbsolutePath();
            for (int links = 0; Files.isSymbolicLink(target); links++) {
                if (links == MAX_LINKS) {
                    throw new EventLogException(file + " is a symbolic link in a loop: correct it");
                }
                target = folder(target).resolve(Files.readSymbolicLink(target));
            }
            Path folder = folder(target);
            return Files.exists(folder) ? folder.toRealPath().resolve(target.getFileName()) : target.normalize();
        } catch (IOException e) {
            throw new EventLogException("cannot find " + file + ": " + e.getMessage(), e);
        }
    }

    /** The number of one of Segue's rotations of a file; 0 for any other path. */
    static long number(Path file, Path rotation) {
        RotatedName name = RotatedName.of(name(rotation));
        return name.isSegue() && name.live().equals(name(file)) ? Long.parseLong(name.order()) : 0;
    }

    /** The live file that a rotation belongs to; the file itself if it is not a rotation. */
    static Path live(Path file) {
        return file.resolveSibling(RotatedName.of(name(file)).live());
    }

    static Path rotation(Path file, long number) {
        return file.resolveSibling(String.format(Locale.ROOT, "%s.%06d", file.getFileName(), number));
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a log file is in a folder");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
