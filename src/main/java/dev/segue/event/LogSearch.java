package dev.segue.event;

import dev.segue.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the log files that the user named, and records which files were skipped. */
final class LogSearch {

    private static final Pattern LOG_NAME =
            Pattern.compile(".*\\.(json|jsonl|ndjson|parquet|parq|pq)(\\.(gz|zst))?", Pattern.CASE_INSENSITIVE);

    /** Names that text logs use too, so the content is checked. */
    private static final Pattern LOG_OR_TEXT = Pattern.compile(".*\\.log(\\.(gz|zst))?", Pattern.CASE_INSENSITIVE);

    private static final String NAMES = "*.json, *.jsonl, *.ndjson, *.log, *.parquet, compressed or rotated";

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    /** Maximum depth of the search below a folder without logs. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_NAMES = 3;

    private final List<String> leftOut = new ArrayList<>();

    /** Messages for the user, one for each folder with skipped files. */
    List<String> leftOut() {
        return leftOut;
    }

    /**
     * The files that a name matches.
     *
     * @throws EventLogException if there are none, or a folder cannot be listed
     */
    List<Path> files(String name) {
        if (name.equals(InputFile.STANDARD_INPUT.toString())) {
            return List.of(InputFile.STANDARD_INPUT);
        }
        if (GLOB.matcher(name).find() && !exists(name)) {
            return matching(name);
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new EventLogException(name + " is not a path: " + e.getReason(), e);
        }
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return List.of(path); // pipes and devices have no rotations
        }
        return nonEmpty(EventLogFiles.list(path), "there is no log " + path);
    }

    private static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The logs in a folder or, if it has none, in its subfolders. */
    private List<Path> folder(Path folder) {
        List<Path> files = list(folder, 1, LogSearch::isVisibleFile);
        List<Path> logs = files.stream().filter(LogSearch::looksLikeLog).toList();
        List<Path> others = files.stream().filter(file -> !logs.contains(file)).toList();
        List<Path> below = list(folder, logs.isEmpty() ? MAX_DEPTH : 2, file -> isBelow(folder, file)).stream()
                .filter(LogSearch::looksLikeLog)
                .toList();
        if (logs.isEmpty()) {
            return nonEmpty(
                    below,
                    folder + " has no logs (" + NAMES + ")" + (others.isEmpty() ? "" : "; it has " + names(others)));
        }
        if (!others.isEmpty()) {
            leftOut.add("left out of " + folder + ": " + names(others) + " (not named like logs: " + NAMES + ")");
        }
        if (!below.isEmpty()) {
            leftOut.add("left out: " + names(below) + " in folders below " + folder + "; name them as well, or "
                    + folder.resolve("**"));
        }
        return logs;
    }

    private static String names(List<Path> files) {
        String first = files.stream()
                .limit(MAX_NAMES)
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(", "));
        return files.size() <= MAX_NAMES ? first : first + " and " + (files.size() - MAX_NAMES) + " more";
    }

    private static boolean isBelow(Path folder, Path file) {
        Path relative = folder.relativize(file);
        if (relative.getNameCount() < 2) {
            return false;
        }
        for (Path part : relative) {
            if (isHidden(part)) {
                return false;
            }
        }
        return Files.isRegularFile(file);
    }

    private static boolean isVisibleFile(Path path) {
        return !isHidden(path.getFileName()) && Files.isRegularFile(path);
    }

    /** Whether a name marks a hidden file, or a marker of Spark or Hive such as {@code _SUCCESS}. */
    private static boolean isHidden(Path name) {
        return name.toString().startsWith(".") || name.toString().startsWith("_");
    }

    private static boolean looksLikeLog(Path file) {
        String name = RotatedName.of(file.getFileName().toString()).live();
        return LOG_NAME.matcher(name).matches() || (LOG_OR_TEXT.matcher(name).matches() && beginsLikeJson(file));
    }

    private static boolean beginsLikeJson(Path file) {
        try (InputStream content = InputFile.open(file)) {
            int first = content.read();
            return first == '{' || first == '[';
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> matching(String glob) {
        List<String> parts = List.of(glob.split("/", -1));
        int fixedParts = 0;
        while (fixedParts < parts.size() - 1 && isFixed(parts, fixedParts)) {
            fixedParts++;
        }
        Path root = Path.of(fixedParts == 0 ? "" : String.join("/", parts.subList(0, fixedParts)) + "/");
        String rest = String.join("/", parts.subList(fixedParts, parts.size()));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = glob.contains("**") ? Integer.MAX_VALUE : parts.size() - fixedParts;
        List<Path> found = Files.isDirectory(root)
                ? list(root, depth, path -> matcher.matches(root.relativize(path)) && isVisibleFile(path))
                : List.of();
        return nonEmpty(found, "no file matches " + glob);
    }

    /** Whether a part of a path is a folder name instead of a pattern. */
    private static boolean isFixed(List<String> parts, int part) {
        return !GLOB.matcher(parts.get(part)).find() || exists(String.join("/", parts.subList(0, part + 1)));
    }

    private static List<Path> list(Path folder, int depth, Predicate<Path> filter) {
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            return paths.filter(filter).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new EventLogException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> nonEmpty(List<Path> files, String problem) {
        if (files.isEmpty()) {
            throw new EventLogException(problem);
        }
        return files;
    }
}
