package dev.segue.event;

import java.io.IOException;
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

    private EventLogFiles() {}

    /** The files of a log in the order they were written: its rotations (compressed ones too), then the live file. */
    public static List<Path> list(Path file) {
        String live = name(file);
        return neighbours(
                file, path -> path.equals(file) || RotatedName.of(name(path)).isRotationOf(live));
    }

    /** What Segue rotated away, oldest first. */
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

    /** From the oldest to the newest file of a log, as far as their names tell. */
    static Comparator<Path> byAge() {
        return Comparator.comparing((Path path) -> RotatedName.of(name(path))).thenComparing(Comparator.naturalOrder());
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
