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
 * The logs that the user named: one for each server, each a list of files in the order they were written.
 *
 * <p>A name is a file (a live log includes its rotations), a folder (the logs in it, or in its subfolders if it has
 * none), a glob such as {@code logs/server_*.jsonl.gz} or {@code logs/**}, a pipe, or {@code -} for the standard input.
 * The name of an existing file is never read as a glob.
 *
 * @param logs the files of each log, oldest first; the logs in the order of their names
 * @param rules how the lines are read
 * @param leftOut messages for the user, one for each folder with skipped files
 */
public record EventLogs(List<List<Path>> logs, LogRules rules, List<String> leftOut) {

    public EventLogs {
        logs = logs.stream().map(List::copyOf).toList();
        leftOut = List.copyOf(leftOut);
    }

    /** Like {@link #find(List, LogRules)} with {@link LogRules#STRICT}. */
    public static EventLogs find(List<String> names) {
        return find(names, LogRules.STRICT);
    }

    /**
     * Finds the files. A file that is named twice is read once, even if the paths differ.
     *
     * @throws EventLogException if a name matches no file, or a folder cannot be listed
     */
    public static EventLogs find(List<String> names, LogRules rules) {
        Map<Path, List<Path>> logs = new LinkedHashMap<>();
        Set<Path> found = new HashSet<>();
        var search = new LogSearch();
        for (String name : names) {
            for (Path file : search.files(name)) {
                if (found.add(real(file))) { // otherwise a duplicate, perhaps by another path
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
     * Orders the files of a log by age. The names of Segue's rotations determine it. Other programs number rotations in
     * either direction, so their files are ordered by the first timestamp.
     */
    private static List<Path> inOrder(Collection<Path> files, LogRules rules) {
        List<Path> byName = files.stream().sorted(EventLogFiles.byAge()).toList();
        Path live = EventLogFiles.live(byName.get(0));
        if (byName.stream().allMatch(file -> file.equals(live) || EventLogFiles.number(live, file) > 0)) {
            return byName;
        }
        Map<Path, Long> firstTimestamps = new HashMap<>();
        long latest = Long.MIN_VALUE;
        for (Path file : byName) {
            latest = EventReader.firstTimestamp(file, rules).orElse(latest); // a file without events keeps its place
            firstTimestamps.put(file, latest);
        }
        return byName.stream()
                .sorted(Comparator.comparing(firstTimestamps::get))
                .toList();
    }

    /** All files, log after log. */
    public List<Path> files() {
        return logs.stream().flatMap(List::stream).toList();
    }

    /** The total size of the files on the disk, in bytes; pipes count 0. */
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

    /** Opens a reader: of one log file by file, of several logs in the order of the events' timestamps. */
    public EventReader open() {
        List<EventReader> readers = new ArrayList<>();
        logs.forEach(files -> readers.add(new SequentialEventReader(files, rules)));
        return readers.size() == 1 ? readers.get(0) : new MergedEventReader(readers);
    }
}
