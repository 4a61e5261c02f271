package dev.segue.event;

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
 * The files of a log: {@code data.json}, and what was rotated away as {@code data.json.000001}, 000002, …, or by another
 * program as {@code data.json.1} or {@code data.json-20261126}.
 */
public final class EventLogFiles {

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private EventLogFiles() {}

    /** The files of a log in the order they were written: its rotations (compressed ones too), then the live file. */
    public static List<Path> list(Path file) {
        String live = name(file);
        return neighbours(
                file, path -> path.equals(file) || RotatedName.of(name(path)).isRotationOf(live));
    }

    /** The files that Segue rotated away, oldest first. */
    static List<Path> rotations(Path file) {
        return neighbours(file, path -> number(file, path) > 0);
    }

    private static List<Path> neighbours(Path file, Predicate<Path> wanted) {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> neighbours = Files.list(folder)) {
            return neighbours
                    .map(path -> file.resolveSibling(path.getFileName()))
                    .filter(wanted)
                    .sorted(byAge())
                    .toList();
        } catch (IOException e) {
            throw new EventLogException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** From the oldest to the newest file of a log, by their names. */
    static Comparator<Path> byAge() {
        return Comparator.comparing((Path path) -> RotatedName.of(name(path))).thenComparing(Comparator.naturalOrder());
    }

    /** Whether one of the files beside a log's live file, whatever its name, is the one that is meant. */
    static boolean standsInFolder(Path file, Predicate<FileState> isMeant) throws IOException {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> neighbours = Files.newDirectoryStream(folder)) {
            for (Path neighbour : neighbours) {
                FileState state = FileState.of(neighbour);
                if (state != null && isMeant.test(state)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * The one path of a file that may be reached by several: symbolic links, of the file or its folders, are followed as far
     * as there is something. A part of the path that does not exist yet keeps its name.
     *
     * @throws EventLogException if links lead in a circle
     */
    static Path real(Path file) {
        try {
            Path followed = file.toAbsolutePath();
            for (int links = 0; Files.isSymbolicLink(followed); links++) {
                if (links == MOST_LINKS) {
                    throw new EventLogException(file + " is a symbolic link that leads in a circle: correct it");
                }
                followed = folder(followed).resolve(Files.readSymbolicLink(followed));
            }
            Path folder = folder(followed);
            return Files.exists(folder) ? folder.toRealPath().resolve(followed.getFileName()) : followed.normalize();
        } catch (IOException e) {
            throw new EventLogException("cannot find " + file + ": " + e.getMessage(), e);
        }
    }

    /** The number of a rotation of Segue's of a file; 0 for any other path. */
    static long number(Path file, Path rotation) {
        RotatedName name = RotatedName.of(name(rotation));
        return name.isSegue() && name.live().equals(name(file)) ? Long.parseLong(name.order()) : 0;
    }

    /** The live file that a file was rotated away from; a file that is no rotation is its own. */
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
