package dev.segue.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a log: {@code data.json}, and what was rotated away as {@code data.json.000001}, 000002, …. */
public final class EventLogFiles {

    private static final Pattern ROTATION = Pattern.compile("\\.([0-9]{6,18})(\\.gz)?");

    private static final Pattern TRAILING_ROTATION = Pattern.compile(ROTATION.pattern() + "$");

    private EventLogFiles() {}

    /** The files of a log in the order they were written: its rotations (compressed ones too), then the live file. */
    public static List<Path> list(Path file) {
        List<Path> files = new ArrayList<>(rotations(file));
        if (Files.exists(file)) {
            files.add(file);
        }
        return List.copyOf(files);
    }

    static List<Path> rotations(Path file) {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> neighbours = Files.list(folder)) {
            return neighbours
                    .filter(path -> number(file, path) > 0)
                    .sorted(Comparator.comparingLong(path -> number(file, path)))
                    .toList();
        } catch (IOException e) {
            throw new EventLogException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The number of a rotation of a file; 0 for any other path. */
    static long number(Path file, Path rotation) {
        String prefix = file.getFileName().toString();
        String name = rotation.getFileName().toString();
        if (!name.startsWith(prefix)) {
            return 0;
        }
        Matcher matcher = ROTATION.matcher(name.substring(prefix.length()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** The live file that a file was rotated away from; a file that is no rotation is its own. */
    static Path live(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = TRAILING_ROTATION.matcher(name);
        return matcher.find() ? file.resolveSibling(name.substring(0, matcher.start())) : file;
    }

    /** Where a file stands among those of its log: rotations by number, the live file last. */
    static long age(Path live, Path file) {
        long number = number(live, file);
        return number > 0 ? number : Long.MAX_VALUE;
    }

    static Path rotation(Path file, long number) {
        return file.resolveSibling(String.format("%s.%06d", file.getFileName(), number));
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a log file is in a folder");
    }
}
