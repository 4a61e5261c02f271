package dev.segue.event;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The logs that a person named: one for each server, each a list of files in the order they were written.
 *
 * <p>A name is a file (a live log stands for its rotations too), a folder (every {@code .json}, {@code .jsonl} or
 * {@code .ndjson} in it, rotated or gzipped, and {@code .parquet}, which only reports read) or a glob such as {@code logs/server_*.jsonl.gz} or {@code logs/**}.
 *
 * @param logs the files of each log, oldest first; the logs in the order of their names
 */
public record EventLogs(List<List<Path>> logs) {

    private static final Pattern LOG_NAME =
            Pattern.compile("[^.].*\\.((json|jsonl|ndjson)(\\.[0-9]{6,18})?(\\.gz)?|parquet)");

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    public EventLogs {
        logs = logs.stream().map(List::copyOf).toList();
    }

    /**
     * Finds the files. What is named twice, be it by another path, is read once.
     *
     * @throws EventLogException if a name stands for no file, or a folder cannot be listed
     */
    public static EventLogs find(List<String> names) {
        Map<Path, Set<Path>> logs = new LinkedHashMap<>();
        Set<Path> found = new HashSet<>();
        for (String name : names) {
            for (Path file : files(name)) {
                if (!found.add(real(file))) {
                    continue; // named before, perhaps in another way
                }
                logs.computeIfAbsent(
                                EventLogFiles.live(file),
                                live -> new TreeSet<>(
                                        Comparator.comparingLong((Path path) -> EventLogFiles.age(live, path))
                                                .thenComparing(Comparator.naturalOrder())))
                        .add(file);
            }
        }
        return new EventLogs(logs.values().stream().map(List::copyOf).toList());
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new EventLogException("cannot read " + file + ": " + e, e);
        }
    }

    private static List<Path> files(String name) {
        if (GLOB.matcher(name).find()) {
            return matching(name);
        }
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new EventLogException(name + " is no path: " + e.getReason(), e);
        }
        if (Files.isDirectory(path)) {
            return nonEmpty(
                    list(path, 1, EventLogs::looksLikeLog),
                    path + " has no logs (*.json, *.jsonl, gzipped or rotated)");
        }
        return nonEmpty(EventLogFiles.list(path), "there is no log " + path);
    }

    private static List<Path> matching(String glob) {
        Path root = Path.of("");
        List<String> parts = List.of(glob.split("/", -1));
        int fixed = 0;
        while (fixed < parts.size() - 1 && !GLOB.matcher(parts.get(fixed)).find()) {
            fixed++;
        }
        if (fixed > 0) {
            root = Path.of(String.join("/", parts.subList(0, fixed)) + "/");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        int depth = glob.contains("**") ? Integer.MAX_VALUE : parts.size() - fixed;
        List<Path> found = Files.isDirectory(root)
                ? list(root, depth, path -> matcher.matches(path) && Files.isRegularFile(path))
                : List.of();
        return nonEmpty(found, "no file matches " + glob);
    }

    private static boolean looksLikeLog(Path path) {
        return LOG_NAME.matcher(path.getFileName().toString()).matches() && Files.isRegularFile(path);
    }

    private static List<Path> list(Path folder, int depth, Predicate<Path> wanted) {
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            return paths.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new EventLogException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> nonEmpty(List<Path> files, String otherwise) {
        if (files.isEmpty()) {
            throw new EventLogException(otherwise);
        }
        return files;
    }

    /** All files, log after log. */
    public List<Path> files() {
        return logs.stream().flatMap(List::stream).toList();
    }

    /** How large the files are together, in bytes as they lie on the disk. */
    public long bytes() {
        long bytes = 0;
        for (Path file : files()) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new EventLogException("cannot read " + file + ": " + e, e);
            }
        }
        return bytes;
    }

    /** Reads one log file after file, and several in the order of their events' timestamps. */
    public EventReader open() {
        List<EventReader> readers = new ArrayList<>();
        logs.forEach(files -> readers.add(new SequentialEventReader(files)));
        return readers.size() == 1 ? readers.get(0) : new MergedEventReader(readers);
    }
}
