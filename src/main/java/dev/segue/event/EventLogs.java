package dev.segue.event;

import dev.segue.file.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The logs that a person named: one for each server, each a list of files in the order they were written.
 *
 * <p>A name is a file (a live log stands for its rotations too), a folder (the logs in it, or in the folders below if it has
 * none), a glob such as {@code logs/server_*.jsonl.gz} or {@code logs/**}, a pipe, or {@code -} for the standard input. A file
 * whose own name has brackets or braces is that file.
 *
 * @param logs the files of each log, oldest first; the logs in the order of their names
 * @param rules how the lines are read
 * @param leftOut one line for each folder of which files were left out, for a person
 */
public record EventLogs(List<List<Path>> logs, LogRules rules, List<String> leftOut) {

    public EventLogs {
        logs = logs.stream().map(List::copyOf).toList();
        leftOut = List.copyOf(leftOut);
    }

    /** Finds files whose lines are all events; for the rest as {@link #find(List, LogRules)}. */
    public static EventLogs find(List<String> names) {
        return find(names, LogRules.STRICT);
    }

    /**
     * Finds the files. A file that is named twice, be it by another path, is read once.
     *
     * @throws EventLogException if a name stands for no file, or a folder cannot be listed
     */
    public static EventLogs find(List<String> names, LogRules rules) {
        Map<Path, List<Path>> logs = new LinkedHashMap<>();
        Set<Path> found = new HashSet<>();
        var search = new LogSearch();
        for (String name : names) {
            for (Path file : search.files(name)) {
                if (found.add(real(file))) { // else named before, perhaps in another way
                    Path live = Files.isRegularFile(file) ? EventLogFiles.live(file) : file;
                    logs.computeIfAbsent(live, key -> new ArrayList<>()).add(file);
                }
            }
        }
        return new EventLogs(
                logs.values().stream().map(files -> inOrder(files, rules)).toList(), rules, search.leftOut());
    }

    private static Path real(Path file) {
        if (!Files.isRegularFile(file)) {
            return file.toAbsolutePath();
        }
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static EventLogException unreadable(Path file, IOException e) {
        return new EventLogException(file + ": " + UnreadableInput.explain(e), e);
    }

    /**
     * The files of a log by age. Segue's own names tell it; other programs count their rotations up or down, so that the first
     * events decide where they contradict the names.
     */
    private static List<Path> inOrder(Collection<Path> files, LogRules rules) {
        List<Path> byName = files.stream().sorted(EventLogFiles.byAge()).toList();
        Path live = EventLogFiles.live(byName.get(0));
        if (byName.stream().allMatch(file -> file.equals(live) || EventLogFiles.number(live, file) > 0)) {
            return byName;
        }
        Map<Path, Long> begins = new HashMap<>();
        long latest = Long.MIN_VALUE;
        for (Path file : byName) {
            latest = EventReader.begins(file, rules).orElse(latest); // one without events may stay where it is
            begins.put(file, latest);
        }
        return byName.stream().sorted(Comparator.comparing(begins::get)).toList();
    }

    /** All files, log after log. */
    public List<Path> files() {
        return logs.stream().flatMap(List::stream).toList();
    }

    /** How large the files are together, in bytes as they lie on the disk; 0 for pipes. */
    public long bytes() {
        long bytes = 0;
        for (Path file : files()) {
            try {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return bytes;
    }

    /** Reads one log file after file, and several in the order of their events' timestamps. */
    public EventReader open() {
        List<EventReader> readers = new ArrayList<>();
        logs.forEach(files -> readers.add(new SequentialEventReader(files, rules)));
        return readers.size() == 1 ? readers.get(0) : new MergedEventReader(readers);
    }
}
