package dev.segue.importing;

import dev.segue.file.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files that are named for an import: files, folders, globs, and {@code -} for the standard input. */
final class InputNames {

    /** The one hidden file that people import. */
    private static final String ROCKBOX_LOG = ".scrobbler.log";

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private InputNames() {}

    /**
     * A file.
     *
     * @param required whether the file itself was named, so that a file of another kind is an error
     */
    record Named(Path file, boolean required) {}

    /**
     * The files, each once.
     *
     * @throws ImportException if a name stands for no file
     */
    static List<Named> find(List<String> names) {
        List<Named> files = new ArrayList<>();
        Set<Path> found = new LinkedHashSet<>();
        for (String name : names) {
            for (Named file : find(name)) {
                if (found.add(file.file().toAbsolutePath().normalize())) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static List<Named> find(String name) {
        if (name.equals(InputFile.STANDARD_INPUT.toString())) {
            return List.of(new Named(InputFile.STANDARD_INPUT, true));
        }
        Path path = path(name);
        if (path != null && Files.isDirectory(path)) {
            return optional(list(path, Integer.MAX_VALUE, file -> true), path + " has no files");
        }
        if (path != null && Files.exists(path)) {
            return List.of(new Named(path, true));
        }
        if (GLOB.matcher(name).find()) {
            return matching(name);
        }
        throw new ImportException("there is no file " + name + "; correct the path");
    }

    private static @Nullable Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static List<Named> matching(String glob) {
        int slash = glob.lastIndexOf(
                '/', GLOB.matcher(glob).results().findFirst().orElseThrow().start());
        Path root = Path.of(glob.substring(0, slash + 1));
        String pattern = glob.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) pattern.chars().filter(c -> c == '/').count();
        List<Path> files =
                Files.isDirectory(root) ? list(root, depth, file -> matcher.matches(root.relativize(file))) : List.of();
        return optional(files, "no file matches " + glob);
    }

    private static List<Named> optional(List<Path> files, String otherwise) {
        if (files.isEmpty()) {
            throw new ImportException(otherwise + "; correct the path");
        }
        return files.stream().map(file -> new Named(file, false)).toList();
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") && !name.equals(ROCKBOX_LOG);
    }

    private static List<Path> list(Path folder, int depth, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> !isHidden(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ImportException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
